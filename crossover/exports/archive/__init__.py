"""What the creator was given, as named members that are read in bounded blocks.

- `bundle`: a ZIP, a folder or one bare file
- `zip_directory`, `unzip`: a ZIP's entries and their content; nothing the archive says is believed
- `read_ahead`: the next block made while one is worked on
- `utf8`: text in any of the encodings seen, as UTF-8
"""
