"""The witness, `ledger.json` beside the ledger: which ledger belongs here, and how many attempts it
must hold at least.

A ledger that is gone, or lost its newest rows, looks like a sound one by itself.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from crossover.errors import LedgerError
from crossover.storage.documents import read_document, write_document


@dataclass(frozen=True, slots=True)
class Witness:
    """Which ledger belongs here, and how many attempts were begun."""

    id: int
    attempts: int


def witness_path(ledger: Path) -> Path:
    """Where the witness of that ledger lies."""
    return ledger.with_suffix(".json")


def read_witness(ledger: Path) -> Witness | None:
    """The witness of the ledger at that path, `None` where there is none. Raises `CrossoverError`
    when it cannot be read."""
    path = witness_path(ledger)
    return read_document(path, "ledger", 1, Witness) if path.exists() else None


def begin_witness(db: sqlite3.Connection, ledger: Path) -> None:
    """For a ledger that has none: a new one, or one whose witness was removed."""
    if _id(db) == 0:
        db.execute(f"PRAGMA application_id = {new_id()}")
    _write(db, ledger, attempts=_attempts(db))


def expect_attempt(db: sqlite3.Connection, ledger: Path) -> None:
    """Before an attempt is written down: the witness may say one more than the ledger holds, never
    one less."""
    _write(db, ledger, attempts=_attempts(db) + 1)


def check_witness(db: sqlite3.Connection, ledger: Path, witness: Witness | None) -> None:
    """Raises `LedgerError` when the ledger is another one, or holds too few attempts."""
    if witness is None:
        return
    if witness.id != _id(db):
        raise lost(ledger, "is not the one that belongs here")
    # One less is an attempt that ended before it was written down: nothing was sent.
    if _attempts(db) < witness.attempts - 1:
        raise lost(ledger, f"holds {_attempts(db)} of {witness.attempts} attempts")


def new_id() -> int:
    """A ledger's own number, kept as its `application_id`: 31 bits, never 0."""
    return 1 + secrets.randbelow(2**31 - 1)


def lost(ledger: Path, what: str) -> LedgerError:
    """What to say of a ledger that the witness does not recognise."""
    return LedgerError(
        f"The ledger {ledger} {what}: what was sent before is not known.",
        next=f"Nothing is sent. Put back a copy of it. Without one, look at what is on the account,"
        f" then remove {ledger} and {witness_path(ledger)}, as far as they are there: a new ledger"
        " begins, and a note whose title is already on the account is not sent again; the runs"
        " after that count it as unclear for as long as it is there.",
    )


def _write(db: sqlite3.Connection, ledger: Path, attempts: int) -> None:
    write_document(witness_path(ledger), "ledger", 1, Witness(_id(db), attempts))


def _id(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def _attempts(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT coalesce(sum(attempt), 0) FROM notes").fetchone()[0])
