"""The stand-in's store, one SQLite file: permits, uploads, notes, counters.

One writer (the server); readers may come at any time. Every change is one transaction that is on
disk when the call returns, so that an answer never promises what a power cut could take back.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from pathlib import Path

from crossover.rehearsal.store.note_rows import (
    NOTE_COLUMNS,
    make_row,
    parse_note,
    read_note_rows,
)
from crossover.rehearsal.store.options import read_declaration, read_original
from crossover.rehearsal.store.records import PRACTICE, File, NewNote, Note, NoteContent, Slot

FILE_NAME = "store.sqlite3"
FORMAT = "crossover-rehearsal/store"
VERSION = 1

SCHEMA = """
CREATE TABLE meta (format TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE slots (
  file_id TEXT PRIMARY KEY, token TEXT NOT NULL, scene TEXT NOT NULL, expires INTEGER NOT NULL,
  sha256 TEXT, size INTEGER, kind TEXT, name TEXT, note_id TEXT
);
CREATE TABLE notes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
  title TEXT NOT NULL, desc TEXT NOT NULL, topics TEXT NOT NULL, privacy INTEGER NOT NULL,
  schedule INTEGER, media TEXT NOT NULL, cover TEXT, time INTEGER NOT NULL, payload BLOB NOT NULL
);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""
# Made when missing: a store from before these were there is of the same version, and stays readable
# for a program that does not know them.
LATER = """
CREATE TABLE IF NOT EXISTS uploads (
  upload_id TEXT PRIMARY KEY, file_id TEXT NOT NULL, began INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS parts (
  upload_id TEXT NOT NULL, number INTEGER NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL,
  name TEXT NOT NULL, PRIMARY KEY (upload_id, number)
);
CREATE TABLE IF NOT EXISTS videos (
  video_id INTEGER PRIMARY KEY, file_id TEXT NOT NULL UNIQUE, asked INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS reviews (
  note_id TEXT PRIMARY KEY, verdict TEXT NOT NULL, since INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS profile (name TEXT NOT NULL);
"""


class StoreProblem(Exception):
    """The store cannot be read; the message is for people."""


class Store:
    """The store of one folder, made when it is missing. Raises `StoreProblem` for a damaged one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        if self._path.exists():
            with suppress(OSError):  # a disk without modes
                self._path.chmod(0o600)  # of an earlier version
        self.db = sqlite3.connect(
            self._path,
            isolation_level=None,
            check_same_thread=False,  # one event loop uses it, not always in the main thread
            timeout=10,
        )
        try:
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=FULL")
            if not self.db.execute("SELECT 1 FROM sqlite_master").fetchone():
                with self.transaction() as db:
                    for statement in SCHEMA.split(";\n"):
                        db.execute(statement)
                    db.execute("INSERT INTO meta VALUES (?, ?)", (FORMAT, VERSION))
            _check_format(self.db, self._path)
            with self.transaction() as db:
                for statement in LATER.split(";\n"):
                    db.execute(statement)
        except sqlite3.DatabaseError as exc:
            self.db.close()
            raise StoreProblem(f"{self._path} cannot be used: {exc}") from exc
        except StoreProblem:
            self.db.close()
            raise

    def close(self) -> None:
        self.db.close()

    def set_name(self, name: str) -> None:
        """Set the name on the profile page."""
        with self.transaction() as db:
            db.execute("DELETE FROM profile")
            db.execute("INSERT INTO profile VALUES (?)", (name,))

    def name(self) -> str:
        """The name on the profile page: the last one set, else the account's own."""
        row = self.db.execute("SELECT name FROM profile").fetchone()
        return str(row[0]) if row else PRACTICE.nickname

    def add_slots(self, slots: list[Slot]) -> None:
        with self.transaction() as db:
            db.executemany(
                "INSERT INTO slots (file_id, token, scene, expires) VALUES (?, ?, ?, ?)",
                [(slot.file_id, slot.token, slot.scene, slot.expires) for slot in slots],
            )

    def slot(self, file_id: str) -> Slot | None:
        row = self.db.execute(
            "SELECT token, scene, expires, sha256, size, kind, name, note_id"
            " FROM slots WHERE file_id = ?",
            (file_id,),
        ).fetchone()
        if row is None:
            return None
        token, scene, expires, sha256, size, kind, name, note_id = row
        file = None if sha256 is None else File(sha256, size, kind, name)
        return Slot(file_id, token, scene, expires, file, note_id)

    def fill(self, file_id: str, file: File) -> bool:
        """Put a file into its slot; false when another call filled it in the meantime."""
        with self.transaction() as db:
            filled = db.execute(
                "UPDATE slots SET sha256 = ?, size = ?, kind = ?, name = ?"
                " WHERE file_id = ? AND sha256 IS NULL",
                (file.sha256, file.size, file.kind, file.name, file_id),
            )
            if filled.rowcount == 0:
                return False
            db.execute(
                "INSERT INTO videos SELECT ?, file_id, 0 FROM slots"
                " WHERE file_id = ? AND scene = 'video'",
                (_make_video_id(file_id), file_id),
            )
            _add_to_counter(db, "bytes.stored", file.size)
            _add_to_counter(db, f"stored.{file_id}", file.size)
            _add_to_counter(db, "files", 1)
            return True

    def add_note(self, note_id: str, new: NewNote, payload: bytes, now: int) -> Note:
        content = {field.name: getattr(new, field.name) for field in fields(NoteContent)}
        note = Note(
            id=note_id,
            time=now,
            declaration=read_declaration(payload),
            original=read_original(payload),
            **content,
        )
        with self.transaction() as db:
            db.execute(
                f"INSERT INTO notes ({NOTE_COLUMNS})"  # noqa: S608 (a constant)
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                make_row(note, payload),
            )
            db.executemany(
                "UPDATE slots SET note_id = ? WHERE file_id = ?",
                [(note.id, file_id) for file_id in new.file_ids],
            )
        return note

    def remove_note(self, note_id: str) -> bool:
        """Remove a note for good; false where there is none of that id. Its files stay used up."""
        with self.transaction() as db:
            db.execute("DELETE FROM reviews WHERE note_id = ?", (note_id,))
            return db.execute("DELETE FROM notes WHERE id = ?", (note_id,)).rowcount > 0

    def find_duplicate(self, new: NewNote) -> Note | None:
        """Find a note with the same title and the same files in the same order."""
        hashes = [file.sha256 for file in new.media]
        rows = self.db.execute(
            f"SELECT {NOTE_COLUMNS} FROM notes WHERE title = ?",  # noqa: S608 (a constant)
            (new.title,),
        )
        for note in map(parse_note, rows):
            if [file.sha256 for file in note.media] == hashes:
                return note
        return None

    def notes(self) -> list[Note]:
        """Read all notes in the order received."""
        return read_note_rows(self.db)

    def count(self, name: str, by: int = 1) -> None:
        self.count_all({name: by})

    def count_all(self, counts: dict[str, int]) -> None:
        with self.transaction() as db:
            for name, by in counts.items():
                _add_to_counter(db, name, by)

    def counters(self) -> dict[str, int]:
        return dict(self.db.execute("SELECT name, value FROM counters ORDER BY name"))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise


def read_notes(folder: Path) -> list[Note]:
    """Read the notes of the store in this folder, also while a server writes to it; nothing is
    changed. Raises `StoreProblem`, and `OSError` where it may not be read."""
    path = folder / FILE_NAME
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return []
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        with closing(_connect_read_only(path)) as db:
            if not db.execute("SELECT 1 FROM sqlite_master").fetchone():
                return []  # a server is making it at this moment
            _check_format(db, path)
            return read_note_rows(db)
    except sqlite3.DatabaseError as exc:
        raise StoreProblem(f"{path} cannot be read: {exc}") from exc


def _connect_read_only(path: Path) -> sqlite3.Connection:
    # Reading a store in WAL makes files beside it. In a folder that takes none nobody writes either:
    # the store is read as it lies there, unless its log holds what did not get into it.
    log = path.with_name(f"{path.name}-wal")
    whole = not (log.exists() and log.stat().st_size)
    as_it_lies = whole and not os.access(path.parent, os.W_OK)
    options = "mode=ro&immutable=1" if as_it_lies else "mode=ro"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True)


def _make_video_id(file_id: str) -> int:
    return 10**17 + int(hashlib.sha256(file_id.encode()).hexdigest()[:12], 16)


def _check_format(db: sqlite3.Connection, path: Path) -> None:
    row = db.execute("SELECT format, version FROM meta").fetchone()
    if row is None or row[0] != FORMAT:
        raise StoreProblem(f"{path} is not a rehearsal's store.")
    if row[1] != VERSION:
        raise StoreProblem(
            f"{path} has format version {row[1]}; this program knows version {VERSION}."
        )


def _add_to_counter(db: sqlite3.Connection, name: str, by: int) -> None:
    db.execute(
        "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + ?",
        (name, by, by),
    )
