"""For tests of many runs in which no power cut is tried: when to write is left to the system."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class UnsyncedConnection(sqlite3.Connection):
    """Keeps its journal in memory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        super().execute("PRAGMA synchronous = OFF")
        super().execute("PRAGMA journal_mode = MEMORY")

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        wanted = sql.startswith(("PRAGMA journal_mode", "PRAGMA synchronous"))
        return super().execute("SELECT 1" if wanted else sql, *args)


@contextmanager
def unsynced(connection: type[UnsyncedConnection] = UnsyncedConnection) -> Iterator[None]:
    """Neither files nor databases opened within are synced."""
    connect = sqlite3.connect
    with (
        patch("os.fsync"),
        patch("sqlite3.connect", lambda *a, **k: connect(*a, **k, factory=connection)),
    ):
        yield
