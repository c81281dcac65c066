"""Brings the row of a note into another state, and adds to its history, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.history import Word
from crossover.accounts.ledger.transitions import By, check_transition
from crossover.model.account import Account, Receipt
from crossover.model.carried import Carried
from crossover.model.notes import Note, State
from crossover.model.posts import Visibility
from crossover.storage.documents import to_json_line, utc_text

# What was sent keeps its words and its handle until other words are sent: it is looked for by them.
# What a list said of it before is of another attempt.
_WRITE = """
INSERT INTO notes (site, account, post, part, handle, state, attempt, marker, note_id, url, evidence,
                   reason, title, kind, visibility, carried, planned_visibility, destination, pack,
                   out_at, out_day, updated)
VALUES (:site, :account, :post, :part, :row_handle, :state, :attempt, :marker, :note_id, :url,
        :evidence, :reason, :title, :kind, :visibility, :carried, :planned_visibility, :destination,
        :pack, :out_at, :out_day, :updated)
ON CONFLICT (site, account, post, part, handle) DO UPDATE SET
    state = :state, attempt = attempt + :attempt, marker = coalesce(:marker, marker),
    note_id = :note_id, url = :url, evidence = :evidence, reason = :reason, updated = :updated,
    handle = iif(:attempt OR attempt = 0, :handle, handle),
    title = iif(:attempt OR attempt = 0, :title, title),
    kind = iif(:attempt OR attempt = 0, :kind, kind),
    visibility = iif(:attempt OR attempt = 0, :visibility, visibility),
    planned_visibility = iif(:attempt OR attempt = 0, :planned_visibility, planned_visibility),
    carried = coalesce(:carried, carried),
    destination = iif(:attempt, :destination, destination),
    pack = iif(:attempt, :pack, pack),
    out_at = iif(:not_out, NULL, coalesce(:out_at, out_at)),
    out_day = iif(:not_out, NULL, coalesce(:out_day, out_day)),
    review = NULL, review_reason = NULL, visibility_now = NULL, seen_at = NULL
"""

_EVENT = """
INSERT INTO events (time, post, part, handle, kind, attempt, note_id, url, said, operator, run)
VALUES (:updated, :post, :part, :row_handle, :kind, :attempts, :note_id, :url, :said, :operator, :run)
"""

_FREE_LINK = """
UPDATE notes SET note_id = NULL
WHERE site = ? AND account = ? AND post = ? AND part = ? AND handle = ?
"""


_USE = """
UPDATE approved_notes SET used = :updated
WHERE post = :post AND part = :part AND handle = :owner AND digest = :digest AND used IS NULL
"""

_RETURN = """
UPDATE approved_notes SET used = NULL
WHERE post = :post AND part = :part AND handle = :owner AND digest = :digest
"""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of the row of `note`. `kind` is how its history calls it (the state, where it is
    empty), `said` in what words. `attempt` counts one more attempt. `out_at` and `out_day` are as in
    `Entry`; `not_out`: it did not go out after all. `digest` is that
    of the agreement that this uses up, or gives back where nothing left (`unused`). `others` are ids of notes on the account that
    the creator says are not this one."""

    note: Note
    state: State
    by: By = By.RUN
    kind: str = ""
    said: str | None = None
    reason: str | None = None
    receipt: Receipt | None = None
    marker: str | None = None
    carried: Carried | None = None
    attempt: bool = False
    planned_visibility: Visibility | None = None
    pack: str | None = None
    out_at: datetime | None = None
    out_day: date | None = None
    not_out: bool = False
    operator: str | None = None
    digest: str | None = None
    unused: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowOwner:
    """Whose rows are written: the account, the TikTok account `handle`, and the run and destination
    that they are written for."""

    account: Account
    handle: str
    run: str | None = None
    destination: str | None = None


def write_change(
    db: sqlite3.Connection, change: RowChange, former: Entry | None, owner: RowOwner, now: datetime
) -> None:
    """Write one change over the row as it was. The caller holds the transaction. Raises
    `LedgerError` for a state that may not follow."""
    note, receipt = change.note, change.receipt
    check_transition(note.number, former.state if former else None, change.state, change.by)
    # What is known of another's note that never went out stays that one's: ours gets its own row.
    is_ours = former and (former.attempt or owner.handle or not former.handle)
    row_handle = former.handle if former and is_ours else owner.handle
    values = {
        "site": owner.account.site,
        "account": owner.account.id,
        "post": note.post,
        "part": note.part[0],
        "row_handle": row_handle,
        "handle": owner.handle or row_handle,
        "state": change.state,
        "attempt": int(change.attempt),
        "attempts": (former.attempt if former and is_ours else 0) + change.attempt,
        "marker": change.marker,
        "note_id": receipt.note_id if receipt else None,
        "url": receipt.url if receipt else None,
        "evidence": receipt.evidence if receipt else None,
        "reason": change.reason,
        "title": note.title,
        "kind": note.kind,
        "visibility": note.visibility,
        "carried": to_json_line(change.carried) if change.carried else None,
        "planned_visibility": change.planned_visibility,
        "destination": owner.destination,
        "pack": change.pack,
        "out_at": utc_text(change.out_at) if change.out_at else None,
        "out_day": change.out_day.isoformat() if change.out_day else None,
        "not_out": change.not_out,
        "updated": utc_text(now.astimezone(UTC)),
    }
    db.execute(_WRITE, values)
    if change.digest:
        agreement = {**values, "owner": owner.handle, "digest": change.digest}
        db.execute(_RETURN if change.unused else _USE, agreement)
    if change.state is not State.UPLOADING:  # nothing is known then that was not before
        said = change.said or change.reason or (receipt.evidence if receipt else None)
        kind = change.kind or change.state
        event = {"kind": kind, "said": said, "operator": change.operator, "run": owner.run}
        db.execute(_EVENT, {**values, **event})
    for other in change.others:
        db.execute(_EVENT, {**values, **event, "kind": Word.ANOTHER_POST, "note_id": other})


def write_changes(
    db: sqlite3.Connection,
    changes: Sequence[tuple[RowChange, Entry | None]],
    owner: RowOwner,
    now: datetime,
) -> None:
    """Write all of these changes, or none of them."""
    with db:
        for change, former in changes:
            if former and former.note_id and change.by is By.CREATOR:
                row = (
                    owner.account.site,
                    owner.account.id,
                    former.post,
                    former.part,
                    former.handle,
                )
                db.execute(_FREE_LINK, row)  # another one of them may get it
        for change, former in changes:
            write_change(db, change, former, owner, now)
