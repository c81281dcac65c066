"""The road of a move: where a creator is, and the one next step.

- `facts`: read from a workspace and its account, which stay as they are; exports in Downloads
- `next_step`: those facts → the command to go on with, and why (pure)
"""
