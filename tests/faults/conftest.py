from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from .world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World(tmp_path)
    # The library that waits between two tries has no clock to be given.
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=made.clock.sleep))
    # No power cut is tried here, and thousands of runs would spend their time on the disk.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    yield made
    made.close()
