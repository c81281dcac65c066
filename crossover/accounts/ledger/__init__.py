"""The memory that keeps a note from going out twice.

- `ledger`: reads the rows and changes their state. Start here; `open`: opens the right one
- `entry`: one row as a value
- `handles`: whose post a row is about
- `database`: makes and opens the SQLite file; `schema`: what it holds; `format_1`: what it held
- `witness`: notices a ledger that is gone, replaced, or older than it must be; `accept`: goes on
  with it when the creator says so
- `sqlite_errors`: what to say of an error of SQLite
"""
