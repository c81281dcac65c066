"""The road of a move: where a creator is, and the one next step.

- `facts`: read from a workspace and its account, which stay as they are; exports in Downloads
- `holds`: what the notes of a plan wait for, by cause
- `note_selection`: which notes a creator asks to see
- `browser`: whether notes can go through a browser of this computer
- `plan_calendar`: when the notes go out that still do
- `next_step`: those facts → the command to go on with, and why (pure)
"""
