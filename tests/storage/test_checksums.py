"""A sum is taken once, and anew when the file is another."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from crossover.storage.checksums import Checksums, read_checksums


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"film")
    return path


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_file_is_read_once_over_runs_and_names(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checksums = Checksums()
    assert checksums.of(file) == sha(b"film")
    checksums.save(tmp_path / "sums.json")
    monkeypatch.setattr(
        "crossover.storage.checksums.sha256_file", lambda path: pytest.fail(f"read {path}")
    )
    again = read_checksums(tmp_path / "sums.json")
    assert again.of(file) == sha(b"film")
    os.link(file, tmp_path / "linked.mp4")
    assert again.of(tmp_path / "linked.mp4") == sha(b"film")
    assert again.of(file.rename(tmp_path / "renamed.mp4")) == sha(b"film")


@pytest.mark.parametrize("data", [b"films", b"filk"])
def test_an_edited_file_is_read_again(file: Path, data: bytes) -> None:
    checksums = Checksums()
    checksums.of(file)
    before = file.stat().st_mtime_ns
    file.write_bytes(data)
    os.utime(file, ns=(before + 1, before + 1))
    assert checksums.of(file) == sha(data)


def test_a_copy_is_another_file(file: Path, tmp_path: Path) -> None:
    checksums = Checksums()
    checksums.remember(file, "told")
    copy = Path(shutil.copy2(file, tmp_path / "copy.mp4"))
    assert (checksums.of(file), checksums.of(copy)) == ("told", sha(b"film"))


def test_damaged_sums_are_only_taken_anew(tmp_path: Path) -> None:
    path = tmp_path / "sums.json"
    assert read_checksums(path).known == {}
    path.write_text("{")
    assert read_checksums(path).known == {}
