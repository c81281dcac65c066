"""Files on their way to the upload host.

- `files`: which file goes which way. Start here
- `planned_file`: a file read as it was planned, or refused
- `permits`: the leave to upload; `upload_host`: the host's requests
- `context`: what all uploads of a run share
- `multipart`, `parts`, `part_size`: a large file in parts, resumable
- `video_ids`: what the site makes of an uploaded video
"""
