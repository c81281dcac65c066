"""The memory that keeps a note from going out twice.

- `ledger`: changes the rows' states, which `ledger_rows` reads. Start here; `open`: opens the right one
- `entry`: one row as a value; `row_change`: what becomes of it, `transitions`: and what may
- `answers`: what the creator says of notes; `taken_back`: that they took some back
- `not_taken`: what the site dropped of a note that it has
- `records`: what else it holds: `history`, `approvals`, `listed_notes`, `account_facts`
- `observations`: what RedNote's list says of what is there
- `handles`: whose post a row is about
- `database`: makes and opens the SQLite file; `schema`: what it holds; `old_formats`: what it
  held before
- `witness`: notices a ledger that is gone, replaced, or older than it must be; `accept`: goes on
  with it when the creator says so
- `sqlite_errors`: what to say of an error of SQLite
"""
