"""What was started, posted, refused: the one memory that keeps a note from going out twice.

SQLite in WAL with `synchronous=FULL`: a state that a method returned from is on disk, also after
a power cut. A row left at `started` means "we do not know": it is looked up, never re-sent.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.errors import LedgerError, RetryLater, WrongAccount
from crossover.files import sync_folder, temp_beside, to_json_line, utc_text
from crossover.model import Account, Kind, Marker, Note, Receipt, State, Visibility

FORMAT = 1

_SCHEMA = """
CREATE TABLE notes (
    site TEXT NOT NULL,
    account TEXT NOT NULL,
    post TEXT NOT NULL,
    part INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready','uploading','started','unknown','failed','handed','posted')),
    attempt INTEGER NOT NULL DEFAULT 0,
    marker TEXT,
    note_id TEXT,
    url TEXT,
    evidence TEXT,
    reason TEXT,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    visibility TEXT NOT NULL,
    updated TEXT NOT NULL,
    PRIMARY KEY (site, account, post, part)
) STRICT;
CREATE UNIQUE INDEX one_note_one_row ON notes (site, account, note_id)
    WHERE note_id IS NOT NULL;
"""


_COLUMNS = (
    "post, part, state, attempt, marker, note_id, url, evidence, reason, title, kind, visibility"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one note stands on one account."""

    post: str
    part: int
    state: State
    attempt: int
    marker: Marker | None
    note_id: str | None
    url: str | None
    evidence: str | None
    reason: str | None
    title: str
    kind: Kind
    visibility: Visibility

    def sought(self, note: Note) -> Note:
        """`note` as it was when it was sent: the plan may have changed since, and a changed
        title would hide the note that stands on the account."""
        part = (self.part, max(self.part, note.part[1]))
        return replace(
            note, part=part, title=self.title, kind=self.kind, visibility=self.visibility
        )


class Ledger:
    """The rows of one account. `now` is read for the rows' times only."""

    def __init__(
        self, db: sqlite3.Connection, account: Account, now: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._account = account
        self._now = now

    def entries(self) -> dict[tuple[str, int], Entry]:
        """Every row of the account, by post id and part."""
        with _translated():
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM notes WHERE site = ? AND account = ?",  # noqa: S608  a constant
                (self._account.site, self._account.id),
            ).fetchall()
            return {(row[0], row[1]): _entry(row) for row in rows}

    def ready(self, note: Note, reason: str | None) -> None:
        """Provably not on the account: to be sent again. The attempts stay counted."""
        self._set(note, State.READY, reason=reason)

    def uploading(self, note: Note) -> None:
        """Files of the note are on their way; nothing is public yet."""
        self._set(note, State.UPLOADING)

    def started(self, note: Note, marker: Marker) -> None:
        """The publish call comes next. Counts the attempt."""
        self._set(note, State.STARTED, marker=marker, attempt=1)

    def posted(self, note: Note, receipt: Receipt) -> None:
        """The note stands on the account."""
        self._set(note, State.POSTED, receipt=receipt)

    def handed(self, note: Note, where: str) -> None:
        """Given to the creator to post by hand; its link is awaited."""
        self._set(note, State.HANDED, reason=where)

    def failed(self, note: Note, reason: str) -> None:
        """RedNote said no for good, or a file of the note is not the planned one."""
        self._set(note, State.FAILED, reason=reason)

    def unknown(self, note: Note, reason: str) -> None:
        """Looked for, and still unclear: the creator decides."""
        self._set(note, State.UNKNOWN, reason=reason)

    def _set(
        self,
        note: Note,
        state: State,
        *,
        marker: Marker | None = None,
        receipt: Receipt | None = None,
        reason: str | None = None,
        attempt: int = 0,
    ) -> None:
        # An unclear or posted row keeps its marker: looking it up again must stay possible.
        # A posted row is final: whatever asks to change it is a mistake that would post twice.
        with _translated(), self._db:
            done = self._db.execute(
                "INSERT INTO notes (site, account, post, part, state, attempt, marker, note_id, url,"
                " evidence, reason, title, kind, visibility, updated)"
                " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
                " ON CONFLICT DO UPDATE SET state = excluded.state,"
                " attempt = attempt + excluded.attempt, marker = coalesce(excluded.marker, marker),"
                " note_id = excluded.note_id, url = excluded.url, evidence = excluded.evidence,"
                " reason = excluded.reason,"
                " title = excluded.title, kind = excluded.kind, visibility = excluded.visibility,"
                " updated = excluded.updated WHERE state != 'posted'",
                (
                    self._account.site,
                    self._account.id,
                    note.post,
                    note.part[0],
                    state,
                    attempt,
                    to_json_line(marker) if marker else None,
                    receipt.note_id if receipt else None,
                    receipt.url if receipt else None,
                    receipt.evidence if receipt else None,
                    reason,
                    note.title,
                    note.kind,
                    note.visibility,
                    utc_text(self._now()),
                ),
            )
            if done.rowcount != 1:
                raise LedgerError(f"Note {note.number} is posted already; its row is final.")


@contextmanager
def open_ledger(
    path: Path, account: Account, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Ledger]:
    """The ledger at `path`, made when missing. Raises `LedgerError` when it is damaged or newer:
    losing it silently would mean posting twice."""
    with _translated():
        if not path.exists():
            _create(path)
        db = sqlite3.connect(path, timeout=10, isolation_level="IMMEDIATE")
    with closing(db):
        with _translated():
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > FORMAT:
                raise LedgerError(
                    f"The ledger {path} was written by a newer crossover.",
                    next="Update crossover; an older one must not touch it.",
                )
            if version < FORMAT or db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise _damaged(path)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
        yield Ledger(db, account, now)


def _create(path: Path) -> None:
    """An empty ledger, there as a whole or not at all: a file that is there and holds nothing is
    damage, and must not be taken for a fresh start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(path)
    with closing(sqlite3.connect(temp)) as db:
        db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
    temp.replace(path)
    sync_folder(path.parent)


def check_account(path: Path, account: Account) -> None:
    """Raises `WrongAccount` when all that the ledger at `path` knows is another account's: with an
    empty memory everything would go out once more, to somebody else."""
    if not path.exists():
        return
    with _translated(), closing(sqlite3.connect(path, timeout=10)) as db:
        db.execute("PRAGMA query_only = ON")
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            return
        known = db.execute("SELECT DISTINCT site, account FROM notes").fetchall()
    if known and (account.site, account.id) not in known:
        raise WrongAccount(
            "The session belongs to another account than the one this work began on.",
            next="Nothing was sent. Sign in to the account of before.",
        )


def read_entries(path: Path) -> dict[tuple[str, int], Entry]:
    """All rows of a ledger of one account, without making or changing the file."""
    if not path.exists():
        return {}
    with _translated(), closing(sqlite3.connect(path, timeout=10)) as db:
        db.execute("PRAGMA query_only = ON")
        if db.execute("PRAGMA user_version").fetchone()[0] == 0:
            return {}
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM notes"  # noqa: S608  a constant
        ).fetchall()
        return {(row[0], row[1]): _entry(row) for row in rows}


def _entry(row: tuple[Any, ...]) -> Entry:
    post, part, state, attempt, marker, note_id, url, evidence, reason, title, kind, visible = row
    return Entry(
        post=post,
        part=part,
        state=State(state),
        attempt=attempt,
        marker=_marker(marker),
        note_id=note_id,
        url=url,
        evidence=evidence,
        reason=reason,
        title=title,
        kind=Kind(kind),
        visibility=Visibility(visible),
    )


def _marker(text: str | None) -> Marker | None:
    if text is None:
        return None
    value = json.loads(text)
    return Marker(tuple(value["note_ids"]), datetime.fromisoformat(value["server_time"]))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as exc:
        text = str(exc)
        if "full" in text:
            raise RetryLater(
                "The disk is full: the ledger could not be written.",
                next="Free some space and run the same command again; nothing was lost.",
            ) from exc
        raise LedgerError(
            f"The ledger cannot be used ({text}).",
            next="Nothing more is sent. Put back a copy of the ledger, or check the disk.",
        ) from exc


def _damaged(path: Path) -> LedgerError:
    return LedgerError(
        f"The ledger {path} is damaged.",
        next="Nothing more is sent. Put back a copy of it; without it notes could go out twice.",
    )
