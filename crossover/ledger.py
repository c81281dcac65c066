"""What was started, posted, refused: the one memory that keeps a note from going out twice.

SQLite in WAL with `synchronous=FULL`: a state that a method returned from is on disk, also after
a power cut. A row left at `started` means "we do not know": it is looked up, never re-sent.

A ledger that is gone, or lost its newest rows, looks like a sound one: `ledger.json` beside it
says which ledger belongs here and how many attempts it must hold at least.
"""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossover.errors import LedgerError, RetryLater, WrongAccount
from crossover.files import (
    read_document,
    sync_folder,
    temp_beside,
    to_json_line,
    utc_text,
    write_document,
)
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


_NO_MARKER = "{}"

_COLUMNS = (
    "post, part, state, attempt, marker, note_id, url, evidence, reason, title, kind, visibility"
)


# What was sent keeps its words until other words are sent: it is looked for by them. A posted row
# is final: whatever asks to change it is a mistake that would post twice.
_WRITE = """
INSERT INTO notes (site, account, post, part, state, attempt, marker, note_id, url, evidence, reason,
                   title, kind, visibility, updated)
VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
ON CONFLICT DO UPDATE SET
    state = excluded.state, attempt = attempt + excluded.attempt,
    marker = coalesce(excluded.marker, marker),
    note_id = excluded.note_id, url = excluded.url, evidence = excluded.evidence,
    reason = excluded.reason, updated = excluded.updated,
    title = iif(excluded.attempt OR attempt = 0, excluded.title, title),
    kind = iif(excluded.attempt OR attempt = 0, excluded.kind, kind),
    visibility = iif(excluded.attempt OR attempt = 0, excluded.visibility, visibility)
WHERE state != 'posted'
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one note stands on one account. `marker` is from before the last attempt, `first`
    from before the first one when there were more."""

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
    first: Marker | None = None

    @property
    def markers(self) -> tuple[Marker, ...]:
        """Whatever attempt made the note, it was made after one of these. Newest first."""
        return tuple(marker for marker in (self.marker, self.first) if marker)

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
        self, db: sqlite3.Connection, path: Path, account: Account, now: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._path = path
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

    def not_sent(self, note: Note, reason: str) -> None:
        """The last attempt never left, so it is nothing to look for; earlier ones still are."""
        entry = self.entries()[note.post, note.part[0]]
        marker = _marker_text(entry.first) if entry.first else _NO_MARKER
        self._set(note, State.READY, marker=marker, reason=reason)

    def uploading(self, note: Note) -> None:
        """Files of the note are on their way; nothing is public yet."""
        self._set(note, State.UPLOADING)

    def started(self, note: Note, marker: Marker) -> None:
        """The publish call comes next. Counts the attempt."""
        # The witness first: it may say one attempt more than the ledger holds, never one less.
        with _translated():
            _write_witness(self._path, _id(self._db), _attempts(self._db) + 1)
        self._set(note, State.STARTED, marker=self._with_first(note, marker), attempt=1)
        self._settle_file()

    def posted(self, note: Note, receipt: Receipt) -> None:
        """The note stands on the account."""
        self._set(note, State.POSTED, receipt=receipt)
        self._settle_file()

    def handed(self, note: Note, where: str) -> None:
        """Given to the creator to post by hand; its link is awaited."""
        self._set(note, State.HANDED, reason=where)

    def failed(self, note: Note, reason: str) -> None:
        """RedNote said no for good, or a file of the note is not the planned one."""
        self._set(note, State.FAILED, reason=reason)

    def unknown(self, note: Note, reason: str) -> None:
        """Looked for, and still unclear: the creator decides."""
        self._set(note, State.UNKNOWN, reason=reason)

    def _with_first(self, note: Note, marker: Marker) -> str:
        entry = self.entries().get((note.post, note.part[0]))
        first = entry.markers[-1:] if entry else ()
        return _marker_text(marker, *first)

    def _settle_file(self) -> None:
        # Out of the log beside the ledger: that file may get lost on its own.
        with _translated():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _set(
        self,
        note: Note,
        state: State,
        *,
        marker: str | None = None,
        receipt: Receipt | None = None,
        reason: str | None = None,
        attempt: int = 0,
    ) -> None:
        # An unclear or posted row keeps its marker: looking it up again must stay possible.
        with _translated(), self._db:
            done = self._db.execute(
                _WRITE,
                (
                    self._account.site,
                    self._account.id,
                    note.post,
                    note.part[0],
                    state,
                    attempt,
                    marker,
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
    """The ledger at `path`, made when there never was one. Raises `LedgerError` when it is gone,
    damaged, incomplete or newer: losing it silently would mean posting twice; `WrongAccount` when
    all its rows are of another account, whose notes would go out once more to this one."""
    witness = _read_witness(path)
    with _translated():
        if not path.exists():
            if witness:
                raise _lost(path, "is gone")
            _create(path)
        db = sqlite3.connect(path, timeout=10, isolation_level="IMMEDIATE")
    with closing(db):
        with _translated():
            _check_version(db, path)
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise _damaged(path)
            _check_witness(db, path, witness)
            _check_account(db, account)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            if witness is None:
                _begin_witness(db, path)
        yield Ledger(db, path, account, now)


def _create(path: Path) -> None:
    """An empty ledger, there as a whole or not at all: a file that is there and holds nothing is
    damage, and must not be taken for a fresh start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(path)
    with closing(sqlite3.connect(temp)) as db:
        db.executescript(
            f"BEGIN; {_SCHEMA} PRAGMA user_version = {FORMAT};"
            f" PRAGMA application_id = {_new_id()}; COMMIT;"
        )
    temp.replace(path)
    sync_folder(path.parent)


def read_entries(path: Path) -> dict[tuple[str, int], Entry]:
    """All rows of a ledger of one account, without making or changing the file. Raises
    `LedgerError` like `open_ledger`."""
    witness = _read_witness(path)
    if not path.exists():
        if witness:
            raise _lost(path, "is gone")
        return {}
    with _translated(), closing(_connect_to_read(path)) as db:
        db.execute("PRAGMA query_only = ON")
        _check_version(db, path)
        _check_witness(db, path, witness)
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM notes"  # noqa: S608  a constant
        ).fetchall()
        return {(row[0], row[1]): _entry(row) for row in rows}


def _connect_to_read(path: Path) -> sqlite3.Connection:
    # Reading a ledger in WAL makes files beside it. Where nothing can be written nobody else
    # writes either, so the file can be read as it lies there.
    if os.access(path.parent, os.W_OK):
        return sqlite3.connect(path, timeout=10)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _check_account(db: sqlite3.Connection, account: Account) -> None:
    known = db.execute("SELECT DISTINCT site, account FROM notes").fetchall()
    if known and (account.site, account.id) not in known:
        raise WrongAccount(
            "The session belongs to another account than the one this work began on.",
            next="Nothing was sent. Sign in to the account of before.",
        )


def _check_version(db: sqlite3.Connection, path: Path) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        raise LedgerError(
            f"The ledger {path} was written by a newer crossover.",
            next="Update crossover; an older one must not touch it.",
        )
    if version < FORMAT:
        raise _damaged(path)


# --- the witness ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Witness:
    """Which ledger belongs here, and how many attempts were begun."""

    id: int
    attempts: int


def _witness_path(ledger: Path) -> Path:
    return ledger.with_suffix(".json")


def _read_witness(ledger: Path) -> _Witness | None:
    path = _witness_path(ledger)
    return read_document(path, "ledger", 1, _Witness) if path.exists() else None


def _write_witness(ledger: Path, ledger_id: int, attempts: int) -> None:
    write_document(_witness_path(ledger), "ledger", 1, _Witness(ledger_id, attempts))


def _begin_witness(db: sqlite3.Connection, ledger: Path) -> None:
    """For a ledger that has none: a new one, or one whose witness was removed."""
    if _id(db) == 0:
        db.execute(f"PRAGMA application_id = {_new_id()}")
    _write_witness(ledger, _id(db), _attempts(db))


def _check_witness(db: sqlite3.Connection, path: Path, witness: _Witness | None) -> None:
    if witness is None:
        return
    if witness.id != _id(db):
        raise _lost(path, "is not the one that belongs here")
    # One less is an attempt that ended before it was written down: nothing was sent.
    if _attempts(db) < witness.attempts - 1:
        raise _lost(path, f"holds {_attempts(db)} of {witness.attempts} attempts")


def _new_id() -> int:
    return 1 + secrets.randbelow(2**31 - 1)


def _id(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def _attempts(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(sum(attempt), 0) FROM notes").fetchone()[0])


# --- rows -----------------------------------------------------------------------------------


def _entry(row: tuple[Any, ...]) -> Entry:
    post, part, state, attempt, marker, note_id, url, evidence, reason, title, kind, visible = row
    value = json.loads(marker) if marker else {}
    return Entry(
        post=post,
        part=part,
        state=State(state),
        attempt=attempt,
        marker=_marker(value),
        note_id=note_id,
        url=url,
        evidence=evidence,
        reason=reason,
        title=title,
        kind=Kind(kind),
        visibility=Visibility(visible),
        first=_marker(value.get("first")),
    )


def _marker_text(marker: Marker, first: Marker | None = None) -> str:
    value = {"note_ids": marker.note_ids, "server_time": marker.server_time}
    return to_json_line(value | {"first": first} if first else value)


def _marker(value: dict[str, Any] | None) -> Marker | None:
    if not value:
        return None
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


def _lost(path: Path, what: str) -> LedgerError:
    return LedgerError(
        f"The ledger {path} {what}: what was sent before is not known.",
        next=f"Nothing is sent. Put back a copy of it. Without one, look at what is on the account,"
        f" then remove {path} and {_witness_path(path)}, as far as they are there: a new ledger"
        " begins, and a note whose title is already on the account is not sent again; the runs"
        " after that count it as unclear for as long as it is there.",
    )
