"""The TXT family of exports, in every language TikTok writes.

- `layout`: the reader
- `files`: which file holds what
- `lines`, `records`, `labels`: lines, the records they make, and what their labels mean
"""
