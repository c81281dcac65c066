"""What the practice account holds.

- `store`: the database; `records`: its values; `disk`: writes files
- `listing`: the notes as JSON and as text
"""
