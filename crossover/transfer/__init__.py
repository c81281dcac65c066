"""Carries out a plan, note by note. Never posts a note twice.

- `batch`: the use case: the next notes of the plan on disk. Start here
- `hand_over`: or they go into a pack, for the creator to post by hand
- `conditions/`: what must hold before notes go out to a real account
- `connect`: how it reaches its destination
- `recorded_run`: a run as the ledger keeps it; `stopped_run`: one that was cut off
- `resolve/`: what the creator says of notes
- `run`: the loop, and its order of effects
- `todays_sitting`: what may go out to a real account now, at its pace
- `without_text`: notes without any text, which the creator agrees to first
- `outgoing`: which notes go out, and when their turn has come
- `session_account`: whose account a session is of; `sign_in`: whose a browser's window is
- `send`: one note; `look_up`: notes whose outcome is open
- `unrecorded`: notes on the account that the ledger does not know
- `stops`: when a run ends before its end; `outcome`: what a step tells
- `changed_files`: files that are not the planned ones any more
- `carried_by`: what a note carries, as the ledger keeps it; `renamed`: a post under another handle
- `stoppable_memory`: an upload that can be stopped between its parts
- `report/`: where every post stands
"""
