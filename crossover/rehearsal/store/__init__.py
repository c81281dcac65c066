"""What the practice account holds.

- `store`: the database; `note_rows`: a note in it; `records`: its values; `disk`: writes files
- `replacing`: replaces what a note holds; `received`: what came in, as it came in
- `options`: what a note claims of itself
- `listing`: the notes as JSON and as text
"""
