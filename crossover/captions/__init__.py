"""Words for posts: sources of captions, and the join by time.

- `caption`: what a source says of one post
- `listing`, `info_json`: what yt-dlp wrote to files; `ytdlp`: a public page read through it
- `ytdlp_errors`: what its errors mean for a creator
- `join`, `pairing`: which caption is which post's, by the second it was posted
- `questions`: pairs that time leaves open
"""
