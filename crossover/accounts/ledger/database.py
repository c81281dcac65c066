"""Makes, opens and checks the ledger's SQLite file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from crossover.accounts.ledger.schema import FORMAT, SCHEMA
from crossover.accounts.ledger.witness import make_ledger_id
from crossover.errors import LedgerError, RetryLater
from crossover.storage.atomic import sync_folder, temp_beside


def create_ledger_file(path: Path) -> None:
    """Make an empty ledger, there as a whole or not at all: a file that is there and holds nothing
    is damage, and must not be taken for a fresh start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(path)
    with closing(sqlite3.connect(temp)) as db:
        db.executescript(
            f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT};"
            f" PRAGMA application_id = {make_ledger_id()}; COMMIT;"
        )
    temp.replace(path)
    sync_folder(path.parent)


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Connect to read, without making a ledger, also in a folder that cannot be written."""
    # Reading a ledger in WAL makes files beside it. Where nothing can be written nobody else
    # writes either, so the file can be read as it lies there.
    if os.access(path.parent, os.W_OK):
        return sqlite3.connect(path, timeout=10)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def read_version(db: sqlite3.Connection, path: Path) -> int:
    """Read the format's version. Raises `LedgerError` for a newer one, and for a file that is no
    ledger."""
    version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if version > FORMAT:
        raise LedgerError(
            f"The ledger {path} was written by a newer crossover.",
            next="Update crossover; an older one must not touch it.",
        )
    if version < 1:
        raise damaged_error(path)
    return version


@contextmanager
def translate_errors() -> Iterator[None]:
    """Translate SQLite's errors: `RetryLater` when the disk is full, otherwise `LedgerError`."""
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


def damaged_error(path: Path) -> LedgerError:
    """Make the error for a file that is not a ledger, or not a whole one."""
    return LedgerError(
        f"The ledger {path} is damaged.",
        next="Nothing more is sent. Put back a copy of it; without it notes could go out twice.",
    )
