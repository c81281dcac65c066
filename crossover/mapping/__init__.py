"""Maps a post to the note, or the notes, that it becomes. Pure: same input, same notes.

- `notes`: maps one post. Start here
- `note_text`: title, body and topics together
- `titles/`: what of a caption could be the title, and which does best
- `body`, `topics/`: one each, within RedNote's limits; letters and title units are counted in
  `text.py`
- `bilingual`: which part of a text in two languages comes first
- `mentions`, `off_platform`, `declarations`: TikTok names, what leads away, what is advertising
- `plain_text`: removes hidden characters
- `parts`: splits a post of too many pictures into several notes
- `selection`: which posts take part; `visibility`: decides who may see it
- `sounds`: what becomes of somebody else's
- `checks/`: problems of a note: what it lacks, where it is over a limit, what touches a guideline
- `note_files`: the files as they would be sent
- `marked_words`: what became of each word of a caption, for a screen that marks them
"""
