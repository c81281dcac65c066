"""RedNote over the HTTP protocol of its creator studio.

- `destination`: whoami, prepare, publish. Start here
- `http/`: requests and answers as bytes, calls that may be repeated
- `upload/`: files to the upload host, in one piece or in parts
- `payload`: the note as it is sent; `topics`, `own_notes`: asked of the site
- `session`, `signing`: who, and the proof of it
"""
