"""What the creator was given, as named members that are read in bounded blocks.

- `open`: a ZIP, a folder or one bare file as a `bundle`, the members that it has
- `zip_directory`: a ZIP's entries, refused where they overlap or the directory is too large
- `unopened`: files told by their names that are never opened, and why
- `unzip`: an entry's bytes; a ZIP bomb is refused here
- `repacked`: an entry that somebody packed anew with bzip2 or LZMA
- `read_ahead`: reads the next block in a thread while one is worked on
- `utf8`: text in any of the encodings seen, as UTF-8
"""
