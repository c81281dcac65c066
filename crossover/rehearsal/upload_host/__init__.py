"""RedNote's upload host: takes files, whole or in parts.

- `uploads`: its calls; `xml`: the form of its answers
- `receive`: receives a whole file
- `parts`: receives and joins parts; `multipart_rows`: their rows in the store
"""
