"""Notes that the creator took off the account: what was sent stays known, and that it is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.history import Word
from crossover.accounts.ledger.row_change import RowOwner
from crossover.storage.documents import utc_text

GONE = "gone"
"""The review of a note that is on the account no more."""

_UPDATE = """
UPDATE notes SET review = :review, review_reason = :said, visibility_now = NULL, seen_at = :time,
                 updated = :time
WHERE site = :site AND account = :account AND post = :post AND part = :part AND handle = :handle
      AND state = 'posted'
"""

_EVENT = """
INSERT INTO events (time, post, part, handle, kind, attempt, note_id, url, said, operator, run)
VALUES (:time, :post, :part, :handle, :kind, :attempt, :note_id, :url, :said, :operator, :run)
"""


def write_taken_back(
    db: sqlite3.Connection,
    entries: Sequence[Entry],
    owner: RowOwner,
    said: str,
    operator: str,
    now: datetime,
) -> None:
    """Write that these notes are gone, by the creator's word or hand: all of them, or none."""
    with db:
        for entry in entries:
            values = {
                "site": owner.account.site,
                "account": owner.account.id,
                "post": entry.post,
                "part": entry.part,
                "handle": entry.handle,
                "kind": Word.TAKEN_BACK,
                "review": GONE,
                "attempt": entry.attempt,
                "note_id": entry.note_id,
                "url": entry.url,
                "said": said,
                "operator": operator,
                "run": owner.run,
                "time": utc_text(now.astimezone(UTC)),
            }
            if db.execute(_UPDATE, values).rowcount:
                db.execute(_EVENT, values)
