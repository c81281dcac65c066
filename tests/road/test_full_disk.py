"""A disk that fills up, a real one: the command says so, ends with 5, and goes on once there is
space."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.road.conftest import DEMO, FEW, Run, copied, kept, temp_files
from tests.small_disk import needs_root, small_disk
from tests.tier import by_tier

pytestmark = needs_root

Fill = Callable[[int], None]
"""Leaves so many bytes free."""

ROOM = by_tier((0, 32_768), (0, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "32m") as mounted:
        yield mounted


@pytest.fixture
def fill(disk: Path) -> Fill:
    def leave(free: int) -> None:
        (disk / "full").unlink(missing_ok=True)
        stat = os.statvfs(disk)
        with (disk / "full").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, stat.f_bavail * stat.f_bsize - free)

    return leave


@pytest.mark.parametrize(
    "command",
    [
        ("add", DEMO),
        ("preview", "--read-only"),
        ("fetch",),
        pytest.param(("plan",), marks=pytest.mark.complete),
        pytest.param(("sheet", "out", "words.csv"), marks=pytest.mark.complete),
    ],
    ids=lambda command: command[0],
)
def test_a_full_disk_is_for_later_and_leaves_nothing_half_made(
    run: Run, few: Path, disk: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    root = copied(few, disk / "workspace", without="ready")
    monkeypatch.chdir(disk)
    (root / "preview.html").unlink(missing_ok=True)
    codes = set()
    for free in ROOM:
        fill(free)
        ended = run(*command, "-w", root)
        codes.add(ended.code)
        if ended.code == 5:
            assert "disk is full" in ended.said or "no room" in ended.said
        assert temp_files(root) == []
    assert {5} <= codes <= {0, 3, 5}
    (disk / "full").unlink()
    assert run(*command, "-w", root).code in (0, 3)


@pytest.mark.complete
def test_an_upload_on_a_full_disk_goes_on_once_there_is_space(
    run: Run, few: Path, disk: Path, fill: Fill
) -> None:
    root = copied(few, disk / "workspace")
    for free in ROOM:
        fill(free)
        ended = run("upload", "-w", root)
        assert ended.code == 5, ended.said
    (disk / "full").unlink()
    assert run("upload", "-w", root).code == 0
    assert len(kept(root / "rehearsal")) == FEW
