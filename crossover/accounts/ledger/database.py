"""Makes, opens and checks the ledger's SQLite file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from crossover.accounts.ledger.schema import FORMAT, SCHEMA
from crossover.accounts.ledger.witness import lost_error, make_ledger_id
from crossover.errors import LedgerError
from crossover.storage.atomic import make_private_folder, sync_folder, temp_beside


def create_ledger_file(path: Path) -> None:
    """Make an empty ledger, there as a whole or not at all: a file that is there and holds nothing
    is damage, and must not be taken for a fresh start. Raises `OSError` as well."""
    make_private_folder(path.parent)
    temp = temp_beside(path)
    try:
        os.close(os.open(temp, os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(temp)) as db:
            db.executescript(
                f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT};"
                f" PRAGMA application_id = {make_ledger_id()}; COMMIT;"
            )
        temp.replace(path)
    finally:
        with suppress(OSError):  # the disk that refused the file may refuse this too
            temp.unlink(missing_ok=True)
    sync_folder(path.parent)


def connect(path: Path) -> sqlite3.Connection:
    """Connect to a ledger that is there: one that vanished meanwhile is not made anew."""
    return _connect(path, "mode=rw")


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Connect to read, also in a folder that cannot be written."""
    # Reading a ledger in WAL makes files beside it. Where nothing can be written nobody else
    # writes either, so the file can be read as it lies there.
    writable = os.access(path.parent, os.W_OK)
    db = _connect(path, "mode=rw" if writable else "mode=ro&immutable=1")
    db.execute("PRAGMA query_only = ON")
    return db


def connect_to_nothing() -> sqlite3.Connection:
    """Connect to an empty ledger that is nowhere on disk, to read from."""
    db = sqlite3.connect(":memory:")
    db.executescript(SCHEMA)
    return db


def _connect(path: Path, how: str) -> sqlite3.Connection:
    address = f"{path.resolve().as_uri()}?{how}"
    return sqlite3.connect(address, uri=True, timeout=10, isolation_level="IMMEDIATE")


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
        raise lost_error(path, "is damaged")
    return version


def log_files(ledger: Path) -> tuple[Path, ...]:
    """Return the paths of what SQLite keeps beside a ledger."""
    return tuple(ledger.with_name(ledger.name + ending) for ending in ("-wal", "-shm", "-journal"))
