"""The witness, `ledger.json` beside the ledger: which ledger belongs here, and how many attempts it
must hold at least.

So a ledger that is gone, was replaced, or is older than its witness is noticed when it is opened.
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
    """Return the path of that ledger's witness."""
    return ledger.with_suffix(".json")


def read_witness(ledger: Path) -> Witness | None:
    """Read the witness of the ledger at that path, None where there is none. Raises
    `CrossoverError` when it cannot be read."""
    path = witness_path(ledger)
    return read_document(path, "ledger", 1, Witness) if path.exists() else None


def begin_witness(db: sqlite3.Connection, ledger: Path) -> None:
    """Write the witness of a ledger that has none: a new one, or one whose witness was removed."""
    if _read_id(db) == 0:
        db.execute(f"PRAGMA application_id = {make_ledger_id()}")
    _write_witness(db, ledger, attempts=count_attempts(db))


def announce_attempt(db: sqlite3.Connection, ledger: Path, attempts: int) -> None:
    """Count an attempt in the witness before it is written to the ledger: the witness may say one
    more than the ledger holds, never one less."""
    _write_witness(db, ledger, attempts=attempts)


def check_witness(db: sqlite3.Connection, ledger: Path, witness: Witness | None) -> None:
    """Compare the ledger with its witness. Raises `LedgerError` when it is another ledger, or holds
    too few attempts."""
    if witness is None:
        return
    if witness.id != _read_id(db):
        raise lost_error(ledger, "is not the one that belongs here")
    # One less is an attempt that ended before it was written down: nothing was sent.
    if count_attempts(db) < witness.attempts - 1:
        raise lost_error(ledger, f"holds {count_attempts(db)} of {witness.attempts} attempts")


def make_ledger_id() -> int:
    """Make a random id for a ledger, kept as its `application_id`: 31 bits, never 0."""
    return 1 + secrets.randbelow(2**31 - 1)


def lost_error(ledger: Path, what: str) -> LedgerError:
    """Make the error for a ledger that does not match its witness."""
    return LedgerError(
        f"The ledger {ledger} {what}: what was sent before is not known.",
        next=f"Nothing is sent. Put back a copy of it. Without one, look at what is on the account,"
        f" then remove {ledger} and {witness_path(ledger)}, as far as they are there: a new ledger"
        " begins, and a note whose title is already on the account is not sent again; the runs"
        " after that count it as unclear for as long as it is there.",
    )


def _write_witness(db: sqlite3.Connection, ledger: Path, attempts: int) -> None:
    write_document(witness_path(ledger), "ledger", 1, Witness(_read_id(db), attempts))


def _read_id(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def count_attempts(db: sqlite3.Connection) -> int:
    """Count the attempts that the ledger holds, by reading every row."""
    return int(db.execute("SELECT coalesce(sum(attempt), 0) FROM notes").fetchone()[0])
