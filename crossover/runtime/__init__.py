"""How work runs: again after a failure, several at a time, in a process of its own.

- `retry`: calls that may be repeated, with growing waits
- `workers`: jobs in a few threads at a time
- `child_process`: modules of this package run in a process of their own
- `machine`: the cores and the memory that are free for them
- `clock`: time as it passes
"""
