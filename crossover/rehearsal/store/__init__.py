"""What the practice account holds.

- `store`: the database; `records`: what stands in it; `disk`: files beside it
- `listing`: its notes, told
"""
