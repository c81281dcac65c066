"""The host that takes files, whole or in parts.

- `uploads`: its calls; `xml`: the form of its answers
- `receive`: a whole file; `parts`, `multipart_rows`: a file in parts
"""
