"""TikTok's watermark, looked for in a video. It is never removed.

- `watermark`: start here
- `corner_marks`: the mark that moves between corners, by the `mark_rows` of a frame
- `still_mark`: a mark that stays; `end_card`: the card at the end
- `detail`: the fine detail of pictures that both are seen by
"""
