"""What the creator agreed to send, note by note: each agreement holds for one digest, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.storage.documents import utc_text

NoteKey = tuple[str, int]
"""`Note.key`."""


class Approvals:
    """The agreements for one account, for the posts of the TikTok account `handle`, in its ledger.
    Every method raises `LedgerError`."""

    def __init__(
        self, db: sqlite3.Connection, path: Path, handle: str, now: Callable[[], datetime]
    ) -> None:
        self._db, self._path, self._handle, self._now = db, path, handle, now

    def approve(self, digest: str, notes: Mapping[NoteKey, str], operator: str) -> None:
        """Write that the creator agreed to these notes, by the digest of each; `digest` is that of
        the plan as it was shown."""
        with translate_errors(self._path), self._db:
            done = self._db.execute(
                "INSERT INTO approvals (time, operator, digest) VALUES (?, ?, ?)",
                (utc_text(self._now()), operator, digest),
            )
            self._db.executemany(
                "INSERT OR REPLACE INTO approved_notes VALUES (?, ?, ?, ?, ?, NULL)",
                [(*key, self._handle, one, done.lastrowid) for key, one in notes.items()],
            )

    def open(self) -> dict[NoteKey, set[str]]:
        """Read which digests of each note are agreed to and were not used yet."""
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT post, part, digest FROM approved_notes WHERE handle = ? AND used IS NULL",
                (self._handle,),
            )
            found: dict[NoteKey, set[str]] = {}
            for post, part, digest in rows:
                found.setdefault((post, part), set()).add(digest)
            return found
