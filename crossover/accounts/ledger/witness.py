"""The witness of a ledger: which one belongs at its path, and how many attempts it must hold.

It is kept twice: as `ledger.json` beside the ledger, and in the user's data folder, which is not
put back together with the ledger's. So one that is gone, was replaced, or is older than it must be
is noticed when it is opened. Both are written after the row of an attempt and before its publish
call: they may say less than the ledger holds, never more.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.data_folder import data_folder
from crossover.errors import CrossoverError, LedgerLost, RetryLater, UsageProblem
from crossover.model.next_step import Hint, step
from crossover.storage.atomic import make_private_folder, sweep_temp
from crossover.storage.documents import read_document, write_document
from crossover.storage.os_errors import explain_os_error

WITHOUT_A_COPY = Hint(
    "If you have none: ",
    step("accounts release"),
    " says what going on without it means, and asks.",
)


@dataclass(frozen=True, slots=True)
class Witness:
    """Which ledger belongs here, how many attempts were begun, and when the last one was (None:
    not kept yet)."""

    id: int
    attempts: int
    written: datetime | None = None


def witness_beside(ledger: Path) -> Witness | None:
    """Read the witness beside the ledger at that path, None where there is none. Raises
    `LedgerLost` when it cannot be read."""
    return _read(_path_beside(ledger))


def check_witness(db: sqlite3.Connection, ledger: Path, *, spared: int = 0) -> None:
    """Compare the ledger with what is known of it. Raises `LedgerLost` when it is another one, or
    holds too few attempts; `spared` more may be missing."""
    ledger_id, held = _read_id(db), count_attempts(db)
    beside = witness_beside(ledger)
    if beside and beside.id != ledger_id:
        raise lost_error(ledger, "is not the one that belongs here")
    known = max((w.attempts for w in (beside, _read_outside(ledger, ledger_id)) if w), default=0)
    if held < known - spared:
        raise lost_error(
            ledger,
            f"is older than it should be: it holds {held} of {known} tries to send a note",
            ledger_id,
        )


def write_witness(db: sqlite3.Connection, ledger: Path, attempts: int, now: datetime) -> None:
    """Write that the ledger holds so many attempts, in both places. Raises like
    `write_document`."""
    witness = Witness(_read_id(db), attempts, now)
    write_document(_path_beside(ledger), "ledger", 1, witness)
    path = _path_outside(ledger, witness.id)
    try:
        make_private_folder(path.parent)
        write_document(path, "ledger", 1, witness)
    except OSError as exc:
        raise _unwritable(explain_os_error(exc, path)) from exc
    except UsageProblem as exc:
        raise _unwritable(exc) from exc


def begin_witness(db: sqlite3.Connection, ledger: Path, now: datetime) -> None:
    """Make both witnesses say what the ledger holds, and see to it that they can be written, before
    anything is sent. A very old ledger gets its id here."""
    if _read_id(db) == 0:
        db.execute(f"PRAGMA application_id = {make_ledger_id()}")
    ledger_id, held, outside = _read_id(db), count_attempts(db), _folder_outside(ledger)
    with suppress(OSError):
        sweep_temp(outside)
    with suppress(LedgerLost):
        both = (witness_beside(ledger), _read_outside(ledger, ledger_id))
        said = [(witness.id, witness.attempts) for witness in both if witness]
        if said == [(ledger_id, held)] * 2 and os.access(outside, os.W_OK):
            return
    write_witness(db, ledger, held, now)


def forget_witness(ledger: Path) -> None:
    """Remove both witnesses of the ledger at that path: without them there may be no ledger."""
    for path in (_folder_outside(ledger), _path_beside(ledger)):
        try:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        except OSError as exc:
            raise explain_os_error(exc, path) from exc


def make_ledger_id() -> int:
    """Make a random id for a ledger, kept as its `application_id`: 31 bits, never 0."""
    return 1 + secrets.randbelow(2**31 - 1)


def count_attempts(db: sqlite3.Connection) -> int:
    """Count the attempts that the ledger holds, by reading every row."""
    return int(db.execute("SELECT coalesce(sum(attempt), 0) FROM notes").fetchone()[0])


def lost_error(ledger: Path, what: str, ledger_id: int | None = None) -> LedgerLost:
    """Make the error for a ledger that is not the one that must be there. `ledger_id` is the one
    that must, where it is not the one beside the ledger that says so."""
    return LedgerLost(
        f"{ledger}, the list of what was sent, {what}.",
        next=f"Nothing is sent. Put back {_which_copy(ledger, ledger_id)}.",
        more=(WITHOUT_A_COPY,),
    )


def _which_copy(ledger: Path, ledger_id: int | None) -> str:
    last: Witness | None = None
    with suppress(CrossoverError):
        last = witness_beside(ledger)
        outside = _read_outside(ledger, ledger_id or (last.id if last else 0))
        last = max(filter(None, (last, outside)), key=lambda w: w.attempts, default=None)
    if last is None or last.written is None:
        return "the newest copy of it"
    return (
        f"a copy of it that was made at {last.written.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC or"
        f" later: it holds all {last.attempts} tries"
    )


def _read(path: Path) -> Witness | None:
    if not path.exists():
        return None
    try:
        return read_document(path, "ledger", 1, Witness)
    except (RetryLater, UsageProblem):
        raise
    except CrossoverError as exc:
        raise LedgerLost(
            f"{exc.message} It tells whether the list of what was sent is whole.",
            next="Nothing is sent. Put back a copy of it.",
            more=(WITHOUT_A_COPY,),
        ) from exc


def _read_outside(ledger: Path, ledger_id: int) -> Witness | None:
    return _read(_path_outside(ledger, ledger_id))


def _path_beside(ledger: Path) -> Path:
    return ledger.with_suffix(".json")


def _path_outside(ledger: Path, ledger_id: int) -> Path:
    return _folder_outside(ledger) / f"{ledger_id}.json"


def _folder_outside(ledger: Path) -> Path:
    # By its path: a copy of a practice account in another folder is an account of its own.
    place = os.path.normcase(ledger.resolve())
    return data_folder() / "attempts" / hashlib.sha256(os.fsencode(place)).hexdigest()[:16]


def _unwritable(exc: CrossoverError) -> CrossoverError:
    """The same, with a way out that is one here."""
    exc.next = "Nothing is sent. Check who owns it, or name another folder with CROSSOVER_HOME."
    return exc


def _read_id(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])
