"""Makes, opens and checks the ledger's SQLite file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from crossover.accounts.ledger.witness import make_ledger_id
from crossover.errors import LedgerError, RetryLater
from crossover.storage.atomic import sync_folder, temp_beside

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

OPEN = "state IN ('started', 'unknown')"
"""The rows whose outcome is not known, as a condition."""

_OPEN_INDEX = f"""
CREATE INDEX IF NOT EXISTS open_notes ON notes (site, account, title, kind) WHERE {OPEN}
"""


def create_ledger_file(path: Path) -> None:
    """Make an empty ledger, there as a whole or not at all: a file that is there and holds nothing
    is damage, and must not be taken for a fresh start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(path)
    with closing(sqlite3.connect(temp)) as db:
        db.executescript(
            f"BEGIN; {_SCHEMA} PRAGMA user_version = {FORMAT};"
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


def index_open_notes(db: sqlite3.Connection) -> None:
    """Index the open notes, where the ledger was made without that."""
    db.execute(_OPEN_INDEX)


def check_version(db: sqlite3.Connection, path: Path) -> None:
    """Check the format's version. Raises `LedgerError` for a newer one, and for a file that is no
    ledger."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        raise LedgerError(
            f"The ledger {path} was written by a newer crossover.",
            next="Update crossover; an older one must not touch it.",
        )
    if version < FORMAT:
        raise damaged_error(path)


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
