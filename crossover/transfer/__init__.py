"""Carries out a plan, note by note. Never posts a note twice.

- `run`: the loop, and its order of effects. Start here
- `send`: one note; `look_up`: notes whose outcome is open
- `stops`: when a run ends before its end; `outcome`: what a step tells
- `stoppable_memory`: an upload that can be stopped between its parts
- `report/`: where every post stands
"""
