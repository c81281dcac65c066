"""The command line.

- `main`: a command from its first moment to its exit code
- `app`: the commands; `commands/`: one thin file each
- `steps/`: what several commands do alike, with its progress
- `options`: flags that several commands share
- `run`: what surrounds a command: its lock, its log, errors nobody foresaw
- `view/`: what a person reads
"""
