"""The road of a move: where a creator is, and the one next step.

- `next_step`: the command to go on with; `flags`: how it comes to the same place
"""
