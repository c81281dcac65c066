"""Videos and pictures: fetched, recognised, made fit.

- `download/`: links of an export become files
- `likeness/`: whose a camera-roll file is (pure)
- `dating/`: whose it may be by when it was made (pure)
- `decoder/`: the child process, and all that only it may load
- `fit`, `fitted`: files made fit for RedNote, and what that gave; `fit_stage` is one stage of it,
  `recipe` says what a result depends on, `ready_index` keeps it, `fit_progress` tells how far it is
- `sent_videos`: the MP4 that goes out where a video is not fit as it came; `conversion_estimate`: what
  converting takes
- `probe`, `mp4_boxes`, `mp4_index`: what a file is, by its first bytes, and what an MP4 says of itself
- `video_coding`: how a video is coded, and what of that not every phone shows
- `file_names`, `placeholders`: what its name tells; files that are not really on this disk
- `own_files`: the files of one TikTok post; `copy_names`: names of copies, edited versions, leftovers
- `doubles`: which of several files is taken that may be the same; `live_photos`: picture and film
"""
