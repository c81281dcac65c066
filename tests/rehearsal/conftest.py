from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossover.rehearsal.server.app import Rehearsal, build_app
from crossover.rehearsal.store.store import Store

from .direct import in_process
from .makers import Practice

NOW = 1_790_000_000_000


@pytest.fixture
def clock() -> list[int]:
    """Milliseconds; a test may turn it."""
    return [NOW]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def sandbox(folder: Path, clock: list[int]) -> Iterator[Rehearsal]:
    sandbox = build_app(folder, clock=lambda: clock[0])
    yield sandbox
    sandbox.close()


@pytest.fixture
def store(sandbox: Rehearsal) -> Store:
    return sandbox.store


@pytest.fixture
def practice(sandbox: Rehearsal) -> Iterator[Practice]:
    with in_process(sandbox) as practice:
        yield practice
