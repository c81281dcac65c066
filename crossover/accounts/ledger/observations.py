"""What RedNote's own list says of notes that are on the account, as the ledger keeps it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.row_change import RowOwner
from crossover.model.posts import Visibility
from crossover.storage.documents import utc_text

SEEN = "seen"
"""How the history of a note calls that the list says something else of it than before."""

_UPDATE = """
UPDATE notes SET review = :review, review_reason = :reason, visibility_now = :visibility,
                 seen_at = :time
WHERE site = :site AND account = :account AND post = :post AND part = :part AND handle = :handle
      AND state = 'posted'
"""

_EVENT = """
INSERT INTO events (time, post, part, handle, kind, attempt, note_id, url, said, operator, run)
VALUES (:time, :post, :part, :handle, :kind, :attempt, :note_id, :url, :said, NULL, :run)
"""


@dataclass(frozen=True, slots=True)
class Observation:
    """What the list says of the note of a row. None: it does not say."""

    entry: Entry
    review: str | None
    reason: str | None = None
    visibility: Visibility | None = None


def write_observations(
    db: sqlite3.Connection, seen: Iterable[Observation], owner: RowOwner, now: datetime
) -> None:
    """Write all of these, or none of them."""
    with db:
        for one in seen:
            entry = one.entry
            values = {
                "site": owner.account.site,
                "account": owner.account.id,
                "post": entry.post,
                "part": entry.part,
                "handle": entry.handle,
                "review": one.review,
                "reason": one.reason,
                "visibility": one.visibility,
                "time": utc_text(now.astimezone(UTC)),
                "kind": SEEN,
                "attempt": entry.attempt,
                "note_id": entry.note_id,
                "url": entry.url,
                "said": _describe(one),
                "run": owner.run,
            }
            written = db.execute(_UPDATE, values).rowcount
            before = (entry.review, entry.visibility_now)
            if written and before != (one.review, one.visibility):
                db.execute(_EVENT, values)


def _describe(one: Observation) -> str:
    parts = [one.review and f"review: {one.review}", one.reason, one.visibility]
    return "; ".join(str(part) for part in parts if part) or "listed"
