"""A post becomes the note, or the notes, that it will be. Pure: same input, same notes.

- `notes`: the whole of it. Start here
- `note_text`: title, text and topics, out of `titles`, `body`, `topics` and `plain_text`
- `parts`: a post of too many pictures becomes several notes
- `visibility`: who may see it
- `missing`, `checks`: what a note lacks, and where it is over a limit
- `note_files`: the files as they would be sent
"""
