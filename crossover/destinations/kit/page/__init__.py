"""The page of a pack, and of each note.

- `render`: makes them, of `templates/`
- `checklist`: what to do for a note, and what RedNote's form calls it
"""
