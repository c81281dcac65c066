"""Files made fit for RedNote, each once: the results are kept in `ready/`.

- `fit`: every file of a workspace; start here
- `stage`: one stage of it, and what that works with; `progress`: how far it is
- `fitted`: what making a file fit gave
- `recipe`: what a result depends on; `ready_index`: keeps it, so that nothing is done twice
- `origins`: of which file each result was made, for good
- `sent_videos`: the MP4 that goes out where a video is not fit as it came; `conversion_estimate`: what
  converting takes
- `shaped_pictures`: pictures of which a rule makes something else; `picture_shape`: which of them are too
  wide or too tall
- `own_covers`: covers that somebody chose; `watermarks`: looks for TikTok's mark
"""
