"""What a site dropped of a note that it has: fields by their names, in the history of the note.

The history alone has it, so that a ledger of before needs no change to hold it, and that it is of
the very note that was read back: one that a later attempt made has nothing of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from crossover.accounts.ledger.entry import Entry, format_not_taken
from crossover.accounts.ledger.row_change import RowOwner
from crossover.accounts.ledger.schema import NOT_TAKEN
from crossover.storage.documents import utc_text

_EVENT = """
INSERT INTO events (time, post, part, handle, kind, attempt, note_id, url, said, operator, run)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)
"""


def write_not_taken(
    db: sqlite3.Connection, entry: Entry, names: Iterable[str], owner: RowOwner, now: datetime
) -> None:
    """Write that the site dropped these fields of the note that this row is about."""
    of = (entry.post, entry.part, entry.handle, NOT_TAKEN, entry.attempt, entry.note_id, entry.url)
    with db:
        db.execute(_EVENT, (utc_text(now.astimezone(UTC)), *of, format_not_taken(names), owner.run))
