"""A workspace of the demo's first posts, planned, and its page served by a real process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.once import made_once
from tests.preview.served import Served, served_by_process
from tests.road.conftest import Crossover, copied, make_few


@pytest.fixture(scope="session")
def crossover(tmp_path_factory: pytest.TempPathFactory) -> Crossover:
    return Crossover(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def few_once(crossover: Crossover, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody may change this workspace; take a copy with `few` for that."""
    folder = made_once(tmp_path_factory, "few", lambda folder: make_few(crossover, folder))
    return folder / "workspace"


@pytest.fixture
def few(few_once: Path, tmp_path: Path) -> Path:
    """A planned workspace of six posts, of its own."""
    return copied(few_once, tmp_path / "workspace")


@pytest.fixture(scope="module")
def world(few_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a module, which its tests share."""
    return copied(few_once, tmp_path_factory.mktemp("world") / "workspace")


@pytest.fixture(scope="module")
def page(crossover: Crossover, world: Path) -> Iterator[Served]:
    """The page of `world`, served by a process for all tests of a module."""
    with served_by_process(crossover, world) as server:
        yield server
