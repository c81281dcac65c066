from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from .world import World


class _InMemory(sqlite3.Connection):
    """Keeps its journal in memory, and leaves it to the system when to write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        super().execute("PRAGMA synchronous = OFF")
        super().execute("PRAGMA journal_mode = MEMORY")

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        wanted = sql.startswith(("PRAGMA journal_mode", "PRAGMA synchronous"))
        return super().execute("SELECT 1" if wanted else sql, *args)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World(tmp_path)
    # The library that waits between two tries has no clock to be given.
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=made.clock.sleep))
    # No power cut is tried here, and thousands of runs would spend their time on the disk.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.connect", lambda *a, **k: connect(*a, **k, factory=_InMemory))
    yield made
    made.close()
