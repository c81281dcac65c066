"""Videos and pictures: fetched, recognised, made fit.

- `download/`: links of an export become files
- `likeness/`: whose a camera-roll file is (pure)
- `dating/`: whose it may be by when it was made (pure)
- `decoder/`: the child process, and all that only it may load
- `fit`, `fitted`: files made fit for RedNote, and what that gave
- `probe`: what a file is, by its first bytes
- `file_names`, `placeholders`: what its name tells; files that are not really on this disk
"""
