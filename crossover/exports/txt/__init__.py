"""The TXT family of exports, in every language TikTok writes.

- `reader`: a folder or file becomes an `Export`. Start here
- `files`: which file holds what
- `lines`, `records`, `labels`: lines, the records they make, and what their labels mean
"""
