"""Camera-roll files, whose names tell nothing, and the posts they belong to.

- `pairing`: which file is which post's. Start here
- `references`: what of a post they can be compared with
- `candidates`: files in question, which stay so until the creator settles it
- `named_files`: files that the creator named
"""
