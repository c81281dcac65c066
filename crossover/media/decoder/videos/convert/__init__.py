"""A video that not every phone shows becomes H.264 and AAC.

- `convert`: start here
- `picture_filters`, `hdr`, `colour_matrices`: make the pictures fit
- `encode_frames`, `h264`: encode them; `sound_track`: does the sound
"""
