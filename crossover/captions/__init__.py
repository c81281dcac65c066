"""Words for posts: sources of captions, and the join by time.

- `caption`: one caption as a value, and how yt-dlp writes it
- `listing`, `info_json`: read files that yt-dlp wrote; `gallery_dl`: how gallery-dl writes a post
- `ytdlp`: reads a public page through yt-dlp
- `ytdlp_errors`: explains its errors to a creator
- `join`: pairs captions and posts, by the second they were posted (within 60 seconds); `pairs`: its
  values; `own_time`: what TikTok's own times for posts settle
- `pairing`: writes a pair and its evidence into a post
- `questions`, `unpaired`: pairs that time leaves open, and captions that no post got
"""
