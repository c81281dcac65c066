"""Camera-roll files, whose names tell nothing, and the posts they belong to.

- `pairing`: gives posts their files. Start here
- `finding`: which file is which post's; `refusing`: takes back what is not
- `versions`: files that are another one over again: Live Photos, edited versions, copies
- `same_id`: videos of one TikTok id that differ
- `references`: what of a post they can be compared with
- `candidates`: files in question, which stay so until the creator settles it
- `dating`: what may be a post by its date; `waiting`: what waits for the creator; `sitting`: asks
- `named_files`: files that the creator named
"""
