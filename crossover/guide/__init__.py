"""The road of a move: where a creator is, and the one next step. Pure, and returns values.

- `facts`: what a workspace holds that the next step depends on, and exports that lie in Downloads
- `next_step`: those facts → the command to go on with, and why
"""
