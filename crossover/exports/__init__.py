"""Reading TikTok's "Download your data": a ZIP, a folder or a bare file becomes posts.

- `read`: open a path, find the reader that recognises it, read. Start here
- `base`: the seam: what a reader promises, and what reading gives
- `archive/`: ZIP, folder or file as named members; `locate`: which of them holds the posts
- `json/`, `txt/`: one `reader` per family of layouts
- `record`, `links`, `keys`, `same_second`, `export_time`: what both families share
- `summary`, `counts`: the numbers of an export; `problems`, `damage`: what the creator should hear
- `privacy`: what is read and kept of an export, to be shown
- `multiple_exports`: several exports of one account, given at once

Read-only and offline. Only posts and the profile's public name are ever decoded.
"""
