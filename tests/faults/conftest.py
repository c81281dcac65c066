from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.unsynced import unsynced

from .world import World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = World(tmp_path)
    # What waits between two tries has no clock to be given.
    monkeypatch.setattr("crossover.runtime.retry.time", SimpleNamespace(sleep=made.clock.sleep))
    with unsynced():
        yield made
        made.close()
