"""Videos looked into and made fit. Loaded by the child process only.

- `fit_video`: the way of one video; start here
- `opening`: which containers and codecs are read, in bounds
- `coding`: how a video is coded, told without decoding it; `gaps`: what of it is only zeros
- `frames`: frames from anywhere in a film, in bounded work
- `film_strip`: small frames, to choose one
- `orientation`: how it is to be turned and mirrored
- `remux`: the same film and sound in an MP4 that plays at once; `mp4_file`: writing one
- `convert/`: H.264 and AAC of anything else
- `covers/`: the frame that becomes the cover
- `watermark/`: TikTok's mark, looked for
"""
