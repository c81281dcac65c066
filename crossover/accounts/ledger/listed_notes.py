"""Notes that stand on the account, by its own list or by the creator's word, whosever they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.storage.documents import utc_text


@dataclass(frozen=True, slots=True)
class ListedNote:
    """A note on the account. `title` is empty and the rest None where it is not known; `type` is
    RedNote's own word (`video`, `normal`), `source` where it is known from: `list` or `creator`."""

    note_id: str
    title: str
    type: str | None
    time: datetime | None
    permission: int | None
    url: str | None
    source: str


class ListedNotes:
    """The notes known to stand on one account, in its ledger. Every method raises `LedgerError`."""

    def __init__(self, db: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._db, self._path, self._now = db, path, now

    def all(self) -> list[ListedNote]:
        """Read all of them, newest first; those without a time come last."""
        with translate_errors(self._path):
            rows = self._db.execute(
                "SELECT note_id, title, type, time, permission, url, source FROM listed_notes"
                " ORDER BY time DESC NULLS LAST, note_id"
            ).fetchall()
        return [
            ListedNote(id_, title, type_, datetime.fromisoformat(time) if time else None, *rest)
            for id_, title, type_, time, *rest in rows
        ]

    def add(self, notes: Iterable[ListedNote]) -> None:
        """Write what is known of these notes, in place of what was known of each before."""
        seen = utc_text(self._now())
        rows = [
            (
                *(n.note_id, n.title, n.type, utc_text(n.time) if n.time else None),
                *(n.permission, n.url, n.source, seen),
            )
            for n in notes
        ]
        with translate_errors(self._path), self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO listed_notes VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
            )
