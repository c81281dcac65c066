"""The ledger: what was started, posted, refused. It keeps a note from going out twice.

SQLite in WAL with `synchronous=FULL`: a state that a method returned from is on disk, also after
a power cut. A row left at `started` means "we do not know": it is looked up, never re-sent.

A ledger that is gone, or lost its newest rows, looks like a sound one; `witness` notices it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from crossover.accounts.ledger.entry import COLUMNS, NO_MARKER, Entry, format_marker, parse_row
from crossover.accounts.ledger.handles import PostFiles, is_of_another, rows_of
from crossover.accounts.ledger.schema import OPEN
from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.accounts.ledger.witness import (
    count_attempts,
    write_witness,
)
from crossover.errors import LedgerError
from crossover.model.account import Account, Marker, Receipt
from crossover.model.carried import Carried
from crossover.model.notes import Note, State
from crossover.storage.documents import to_json_line, utc_text

# What was sent keeps its words and its handle until other words are sent: it is looked for by them.
# A posted row is final: whatever asks to change it is a mistake that would post twice.
_WRITE = """
INSERT INTO notes (site, account, post, part, handle, state, attempt, marker, note_id, url, evidence,
                   reason, title, kind, visibility, carried, updated)
VALUES (:site, :account, :post, :part, :row_handle, :state, :attempt, :marker, :note_id, :url,
        :evidence, :reason, :title, :kind, :visibility, :carried, :updated)
ON CONFLICT DO UPDATE SET
    state = :state, attempt = attempt + :attempt, marker = coalesce(:marker, marker),
    note_id = :note_id, url = :url, evidence = :evidence, reason = :reason, updated = :updated,
    handle = iif(:attempt OR attempt = 0, :handle, handle),
    title = iif(:attempt OR attempt = 0, :title, title),
    kind = iif(:attempt OR attempt = 0, :kind, kind),
    visibility = iif(:attempt OR attempt = 0, :visibility, visibility),
    carried = coalesce(:carried, carried)
WHERE state != 'posted'
"""


class Ledger:
    """The rows of one account, for the posts of the TikTok account `handle`, which have these
    `files`. `now` is read for the rows' times only."""

    def __init__(
        self,
        db: sqlite3.Connection,
        path: Path,
        account: Account,
        handle: str,
        files: PostFiles,
        now: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._path = path
        self._account = account
        self._handle = handle
        self._files = files
        self._now = now
        self._attempts = count_attempts(db)

    @property
    def attempts(self) -> int:
        """Attempts that were ever begun."""
        return self._attempts

    def entry(self, key: tuple[str, int]) -> Entry | None:
        """Read the row of one note, by `Note.key`. Raises `LedgerError`."""
        return self._ours(self._read_rows("post = ? AND part = ?", key)).get(key)

    def open_twin(self, note: Note) -> Entry | None:
        """Read the row of a note that was sent, whose outcome is open, and which could not be told
        apart from `note` in a list, whosever post it is. Raises `LedgerError`."""
        condition = f"{OPEN} AND attempt > 0 AND title = ? AND kind = ? LIMIT 1"
        return next(iter(self._read_rows(condition, (note.title, note.kind))), None)

    def note_ids(self) -> frozenset[str]:
        """Read the ids of the notes on the account that are known to be ours. Raises
        `LedgerError`."""
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT note_id FROM notes WHERE site = ? AND account = ? AND note_id IS NOT NULL",
                (self._account.site, self._account.id),
            )
            return frozenset(note_id for (note_id,) in rows)

    def saw_unrecorded(self) -> bool:
        """Whether a note was on the account before an attempt that is not known to be ours. Raises
        `LedgerError`."""
        markers = (marker for entry in self._read_rows() for marker in entry.markers)
        return not self.note_ids().issuperset(id_ for m in markers for id_ in m.note_ids)

    def entries(self) -> dict[tuple[str, int], Entry]:
        """Read the row of every note, by post id and part. Raises `LedgerError`."""
        return self._ours(self._read_rows())

    def entries_of(self, post: str) -> dict[tuple[str, int], Entry]:
        """Read the rows of one post, by its id and the part. Raises `LedgerError`."""
        return self._ours(self._read_rows("post = ?", (post,)))

    def entries_of_others(self) -> list[Entry]:
        """Read the rows about posts of other TikTok accounts. Raises `LedgerError`."""
        rows = self._read_rows()
        return [entry for entry in rows if is_of_another(self._handle, entry, self._files)]

    def ready(self, note: Note, reason: str | None) -> None:
        """Write that the note is provably not on the account, so it is sent again. The attempts
        stay counted."""
        self._write_row(note, State.READY, reason=reason)

    def not_sent(self, note: Note, reason: str) -> None:
        """Write that the last attempt never left this computer. Earlier attempts stay to be looked
        for."""
        entry = self.entry(note.key)
        marker = format_marker(entry.first) if entry and entry.first else NO_MARKER
        self._write_row(note, State.READY, marker=marker, reason=reason)

    def uploading(self, note: Note) -> None:
        """Write that files of the note are being uploaded; nothing is public yet."""
        self._write_row(note, State.UPLOADING)

    def started(self, note: Note, marker: Marker, carried: Carried) -> None:
        """Write that the publish call comes next, and what it takes along, and count the
        attempt."""
        marker_text = self._format_marker(note, marker)
        self._write_row(note, State.STARTED, marker=marker_text, carried=carried, attempt=1)
        self._attempts += 1
        self._checkpoint()
        with translate_errors(self._path):
            write_witness(self._db, self._path, self._attempts, self._now())

    def posted(self, note: Note, receipt: Receipt) -> None:
        """Write that the note is on the account. The row is final then."""
        self._write_row(note, State.POSTED, receipt=receipt)
        self._checkpoint()

    def handed(self, note: Note, where: str) -> None:
        """Write that the creator posts the note by hand; its link is awaited."""
        self._write_row(note, State.HANDED, reason=where)

    def failed(self, note: Note, reason: str) -> None:
        """Write that RedNote refused the note for good, or that a file of it is not the planned
        one."""
        self._write_row(note, State.FAILED, reason=reason)

    def unknown(self, note: Note, reason: str) -> None:
        """Write that the note was looked for and is still unclear, so the creator decides."""
        self._write_row(note, State.UNKNOWN, reason=reason)

    def _ours(self, entries: list[Entry]) -> dict[tuple[str, int], Entry]:
        return rows_of(self._handle, entries, self._files)

    def _read_rows(self, condition: str = "true", values: tuple[object, ...] = ()) -> list[Entry]:
        with translate_errors(self._path):
            # Without an order: sorting by post would read every row instead of the index.
            rows = self._db.execute(
                f"SELECT {COLUMNS} FROM notes"  # noqa: S608  constants
                f" WHERE site = ? AND account = ? AND {condition}",
                (self._account.site, self._account.id, *values),
            )
            return [parse_row(row) for row in rows]

    def _format_marker(self, note: Note, marker: Marker) -> str:
        entry = self.entry(note.key)
        first = entry.markers[-1:] if entry else ()
        return format_marker(marker, *first)

    def _checkpoint(self) -> None:
        # Out of the log beside the ledger: that file may get lost on its own.
        with translate_errors(self._path):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _write_row(
        self,
        note: Note,
        state: State,
        *,
        marker: str | None = None,
        receipt: Receipt | None = None,
        reason: str | None = None,
        carried: Carried | None = None,
        attempt: int = 0,
    ) -> None:
        # An unclear or posted row keeps its marker: looking it up again must stay possible.
        former = self.entry(note.key)
        # What is known of another's note that never went out stays that one's: ours gets its own row.
        is_ours = former and (former.attempt or self._handle or not former.handle)
        row_handle = former.handle if former and is_ours else self._handle
        values = {
            "site": self._account.site,
            "account": self._account.id,
            "post": note.post,
            "part": note.part[0],
            "row_handle": row_handle,
            "handle": self._handle or row_handle,
            "state": state,
            "attempt": attempt,
            "marker": marker,
            "note_id": receipt.note_id if receipt else None,
            "url": receipt.url if receipt else None,
            "evidence": receipt.evidence if receipt else None,
            "reason": reason,
            "title": note.title,
            "kind": note.kind,
            "visibility": note.visibility,
            "carried": to_json_line(carried) if carried else None,
            "updated": utc_text(self._now()),
        }
        with translate_errors(self._path), self._db:
            done = self._db.execute(_WRITE, values)
            if done.rowcount != 1:
                raise LedgerError(f"Note {note.number} is posted already; its row is final.")
