"""Pictures made fit. Loaded by the child process only.

- `fit_picture`: the way of one picture; start here
- `opening`: which formats are read, and how large they may be
- `jpeg_file`: a JPEG without all but its pixels; `cut_jpeg`: one whose end is missing
- `metadata`, `colours` (with `cicp`), `turning`, `shape`: what becomes of each
- `encoding`, `thumbnails`: the JPEGs that are written
"""
