"""The page of a pack, and of each note.

- `render`: makes them
"""
