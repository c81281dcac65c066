"""The cover of a video: a frame, chosen, cropped and written.

- `covers`: writes it; start here; `own_covers`: writes those that somebody chose
- `frame_choice`: which frame it is, by `frame_measure`
- `bars`: the bars around a film; `crop`: the part of the frame that is kept
"""
