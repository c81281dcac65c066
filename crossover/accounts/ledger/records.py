"""What a ledger holds of an account besides the rows of its notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from crossover.accounts.ledger.account_facts import KnownFacts
from crossover.accounts.ledger.approvals import Approvals
from crossover.accounts.ledger.history import History
from crossover.accounts.ledger.listed_notes import ListedNotes


class AccountRecords:
    """The history, agreements, listed notes and facts of one account; the agreements are for posts
    of the TikTok account `handle`."""

    def __init__(
        self, db: sqlite3.Connection, path: Path, handle: str, now: Callable[[], datetime]
    ) -> None:
        self.history = History(db, path, now)
        self.approvals = Approvals(db, path, handle, now)
        self.listed = ListedNotes(db, path, now)
        self.facts = KnownFacts(db, path, now)
