"""Which of the creator's files is which, told by names where names tell it.

- `own_files`: the files of one TikTok post; start here
- `file_names`: sorted by the TikTok id in the name; `placeholders`: files not really on this disk
- `copy_names`: names of copies, edited versions and leftovers of downloads
- `doubles`: which of several files is taken that may be the same; `live_photos`: picture and film
"""
