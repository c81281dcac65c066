"""Caches cost time when they are lost, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crossover.storage.cache import Cache, read_cache, write_cache
from crossover.storage.documents import write_document


@dataclass(frozen=True, slots=True)
class Sizes:
    recipe: int = 1
    known: dict[str, int] = field(default_factory=dict)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sizes.json"
    write_cache(path, "sizes", Sizes(known={"a": 1}))
    assert read_cache(path, "sizes", Sizes, recipe=1) == Sizes(known={"a": 1})


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-9]),
        lambda path: write_document(path, "sizes", 2, Sizes()),
        lambda path: write_document(path, "lengths", 1, Sizes()),
        lambda path: write_cache(path, "sizes", Sizes(recipe=2)),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["missing", "empty", "cut", "newer", "another", "recipe", "folder"],
)
def test_what_cannot_be_used_is_none(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "sizes.json"
    write_cache(path, "sizes", Sizes(known={"a": 1}))
    assert callable(damage)
    damage(path)
    assert read_cache(path, "sizes", Sizes, recipe=1) is None


def test_it_is_saved_on_the_way_once_enough_time_has_passed(tmp_path: Path) -> None:
    path = tmp_path / "sizes.json"
    lazy = Cache(path, "sizes", Sizes(), save_seconds=10**6)
    lazy.content.known["a"] = 1
    lazy.changed()
    assert not path.exists()
    lazy.save()
    eager = Cache(path, "sizes", Sizes(), save_seconds=-1)
    eager.content.known["b"] = 2
    eager.changed()
    assert Cache(path, "sizes", Sizes(), save_seconds=0).content.known == {"a": 1, "b": 2}
