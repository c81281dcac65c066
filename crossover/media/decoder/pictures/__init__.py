"""Pictures made fit. Loaded by the child process only.

- `fit_picture`: the way of one picture; start here
- `opening`: which formats are read, and how large they may be
- `metadata`, `colours`, `turning`: what becomes of each
- `encoding`: the JPEG that is written
"""
