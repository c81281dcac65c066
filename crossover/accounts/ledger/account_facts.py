"""What is known of an account as a whole: a few facts, each with its time and who said it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.storage.documents import utc_text


class FactName(StrEnum):
    """What may be known of an account.

    `RISK`: the creator was told what a real account risks, and accepted it; `STUDIO_RISK`: what it
    risks when crossover fills in the page in their browser.
    `COMPARED`: what stood on it before the first batch is known: `empty`, `listed` or `given`.
    `FIRST_NOTE_OK`: the creator looked at the first note on their phone; the value is its note id.
    """

    RISK = "risk"
    STUDIO_RISK = "studio-risk"
    COMPARED = "compared"
    FIRST_NOTE_OK = "first-note-ok"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact, since when it is known (UTC), and by whose word."""

    value: str
    time: datetime
    operator: str


class KnownFacts:
    """The facts of one account, in its ledger. Every method raises `LedgerError`."""

    def __init__(self, db: sqlite3.Connection, path: Path, now: Callable[[], datetime]) -> None:
        self._db, self._path, self._now = db, path, now

    def get(self, name: FactName) -> KnownFact | None:
        """Read a fact, None where it is not known."""
        with translate_errors(self._path):
            row = self._db.execute(
                "SELECT value, time, operator FROM account_facts WHERE name = ?", (name,)
            ).fetchone()
        return KnownFact(row[0], datetime.fromisoformat(row[1]), row[2]) if row else None

    def put(self, name: FactName, value: str, operator: str) -> None:
        """Write a fact, in place of what was known before."""
        values = (name, value, utc_text(self._now()), operator)
        with translate_errors(self._path), self._db:
            self._db.execute("INSERT OR REPLACE INTO account_facts VALUES (?, ?, ?, ?)", values)
