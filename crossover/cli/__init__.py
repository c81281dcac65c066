"""The command line.

- `main`: a command from its first moment to its exit code
- `app`: the commands; `lazy`: loaded when they are called; `commands/`: one thin file each
- `steps/`: what several commands do alike, with its progress
- `options`: flags that several commands share; `note_numbers`: `17`, `17.2`, `10-20`
- `run`: what surrounds a command: its lock, errors nobody foresaw; `log`, `interrupts`
- `view/`: what a person reads
"""
