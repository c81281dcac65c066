"""RedNote's studio: its calls and its rules.

- `calls`: account, topics, permits and first frames
- `own_notes`: creates and lists notes, refuses duplicates
- `note_edits`: shows one note, and takes it anew
- `rules`: decides whether a note may be created; `fields`: reads its fields
- `topics`, `videos`: what exists here; `reviews`, `editing`: what a fault makes of a note
"""
