"""The ledger's SQLite file: made as a whole or not at all, and opened only when it is sound."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from crossover.accounts.ledger.witness import new_id
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


def create(path: Path) -> None:
    """Make an empty ledger, there as a whole or not at all: a file that is there and holds nothing is
    damage, and must not be taken for a fresh start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = temp_beside(path)
    with closing(sqlite3.connect(temp)) as db:
        db.executescript(
            f"BEGIN; {_SCHEMA} PRAGMA user_version = {FORMAT};"
            f" PRAGMA application_id = {new_id()}; COMMIT;"
        )
    temp.replace(path)
    sync_folder(path.parent)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that makes no ledger, also in a folder that cannot be written."""
    # Reading a ledger in WAL makes files beside it. Where nothing can be written nobody else
    # writes either, so the file can be read as it lies there.
    if os.access(path.parent, os.W_OK):
        return sqlite3.connect(path, timeout=10)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def check_version(db: sqlite3.Connection, path: Path) -> None:
    """Raises `LedgerError` when the file is of a newer crossover, or of nobody's."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > FORMAT:
        raise LedgerError(
            f"The ledger {path} was written by a newer crossover.",
            next="Update crossover; an older one must not touch it.",
        )
    if version < FORMAT:
        raise damaged(path)


@contextmanager
def translated() -> Iterator[None]:
    """Errors of SQLite become ours: `RetryLater` when the disk is full, otherwise `LedgerError`."""
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


def damaged(path: Path) -> LedgerError:
    """What to say of a file that is not a ledger, or not a whole one."""
    return LedgerError(
        f"The ledger {path} is damaged.",
        next="Nothing more is sent. Put back a copy of it; without it notes could go out twice.",
    )
