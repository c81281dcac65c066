"""A disk that is full, and a folder that may not be written: the page says so, nothing is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crossover.settings.edits import read_edits
from tests.preview.served import Served, served
from tests.road.conftest import copied, temp_files
from tests.small_disk import needs_root, small_disk

pytestmark = needs_root


@pytest.fixture
def disk(few_once: Path, tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "32m") as mounted:
        copied(few_once, mounted / "workspace")
        yield mounted


def refused(page: Served) -> None:
    for field, value in (("title", "Later"), ("body", "More " * 2000), ("cover", {"seconds": 0.5})):
        answer = page.decide("1", field, value, "Mine" if field == "title" else None)
        assert (answer.status, answer.json["error"]) == (507, "disk"), answer.body
        assert answer.json["message"]


def test_on_a_full_disk_nothing_is_lost_and_it_goes_on_once_there_is_space(disk: Path) -> None:
    root = disk / "workspace"
    with served(root) as page:
        assert page.decide("1", "title", "Mine").status == 200
        before = (root / "edits.yaml").read_bytes()
        with (disk / "full").open("wb") as file:
            stat = os.statvfs(disk)
            os.posix_fallocate(file.fileno(), 0, stat.f_bavail * stat.f_bsize)
        refused(page)
        assert (root / "edits.yaml").read_bytes() == before
        titles = {note["number"]: note["title"] for note in page.ask("/data").json["notes"]}
        assert titles["1"] == "Mine"
        (disk / "full").unlink()
        assert page.decide("1", "title", "Later", "Mine").status == 200
    assert read_edits(root / "edits.yaml").by_note["1"].title == "Later"
    assert temp_files(root) == []


def test_in_a_folder_that_may_not_be_written_nothing_is_lost(disk: Path) -> None:
    root = disk / "workspace"
    with served(root) as page:
        assert page.decide("1", "title", "Mine").status == 200
        before = (root / "edits.yaml").read_bytes()
        remount(disk, "ro")
        try:
            refused(page)
            assert page.ask("/frames/1").status == 507
            assert (
                page.ask(
                    "/covers", b"\xff\xd8\xff\xe0", headers={"Content-Type": "image/jpeg"}
                ).status
                == 507
            )
            assert (root / "edits.yaml").read_bytes() == before
            assert page.ask("/data").status == 200
        finally:
            remount(disk, "rw")
        assert page.decide("1", "title", "Later", "Mine").status == 200


def remount(disk: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", disk], check=True)
