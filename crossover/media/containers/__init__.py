"""What a file is and says of itself, told without decoding it.

- `probe`: what it is, by its first bytes; start here
- `mp4_boxes`, `mp4_index`: the boxes of an MP4, and what its index says
- `video_coding`: how a video is coded, and what of that not every phone shows
"""
