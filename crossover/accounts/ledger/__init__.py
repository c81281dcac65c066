"""The memory that keeps a note from going out twice.

- `ledger`: the rows and who may change them
- `entry`: one row as a value
- `database`: the SQLite file
- `witness`: tells a ledger that is gone, or lost its newest rows, from a sound one
"""
