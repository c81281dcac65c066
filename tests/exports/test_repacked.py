"""ZIPs that somebody packed anew: bzip2 and LZMA are read as Deflate is, the others are named."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

import pytest

from crossover.errors import ExportError
from crossover.exports.read import read_export
from crossover.library.unopened_files import unopened_file
from tests.exports.makers import document, record
from tests.memory import peak_memory

METHODS = [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
NAME = "user_data_tiktok.json"


def packed(path: Path, method: int, *, posts: int = 1, padding: int = 0) -> Path:
    days = (f"2024-01-01 {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(posts))
    content = document(*map(record, days)) | {"Your Activity": {"Padding": "a" * padding}}
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr(NAME, json.dumps(content))
    return path


def with_data(path: Path, at: int, data: bytes) -> Path:
    """The ZIP with other bytes `at` a place of its only member's data."""
    whole = bytearray(path.read_bytes())
    begin = 30 + len(NAME) + at
    whole[begin : begin + len(data)] = data
    path.write_bytes(whole)
    return path


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("padding", [0, 9 * 1024**2])
def test_an_export_packed_anew_is_read(tmp_path: Path, method: int, padding: int) -> None:
    path = packed(tmp_path / "TikTok_Data_1763640000.zip", method, posts=50, padding=padding)
    export = read_export(path)
    assert (len(export.posts), export.problems) == (50, ())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("at", [0, 4, 12, 40])
def test_damaged_data_is_told_and_nothing_else_is_raised(
    tmp_path: Path, method: int, at: int
) -> None:
    path = with_data(packed(tmp_path / "a.zip", method), at, b"\xff\x00\xff\x13")
    with pytest.raises(ExportError, match=r"user_data_tiktok\.json in a\.zip is damaged"):
        read_export(path)


@pytest.mark.parametrize("method", METHODS)
def test_more_than_the_directory_says_is_never_unpacked(tmp_path: Path, method: int) -> None:
    path = packed(tmp_path / "a.zip", method, padding=2 * 1024**2)
    whole = bytearray(path.read_bytes())
    entry = whole.rindex(b"PK\x01\x02")
    whole[entry + 24 : entry + 28] = struct.pack("<L", 5000)
    path.write_bytes(whole)
    with pytest.raises(ExportError, match="more than its directory says"):
        read_export(path)


@pytest.mark.parametrize("method", METHODS)
def test_memory_stays_small_however_much_a_block_unpacks_to(tmp_path: Path, method: int) -> None:
    path = packed(tmp_path / "a.zip", method, padding=24 * 1024**2)
    assert path.stat().st_size < 100_000
    with peak_memory() as peak:
        read_export(path)
    assert peak.bytes < 16 * 1024**2  # LZMA looks back over 8 of them


def test_a_large_dictionary_is_believed_only_as_far_as_the_file_is_long(tmp_path: Path) -> None:
    path = with_data(packed(tmp_path / "a.zip", zipfile.ZIP_LZMA), 5, b"\xff\xff\xff\xff")
    assert len(read_export(path).posts) == 1


@pytest.mark.parametrize("named", [NAME, "TikTok/Ads and data/Off.txt", "renamed.json"])
def test_a_zip_packed_in_another_way_says_which_and_never_that_a_box_is_unticked(
    tmp_path: Path, named: str
) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(named, json.dumps(document(record())))
    whole = bytearray(path.read_bytes())
    whole[8] = whole[whole.rindex(b"PK\x01\x02") + 10] = 9
    path.write_bytes(whole)
    with pytest.raises(
        ExportError, match="packed with Deflate64, which crossover does not"
    ) as told:
        read_export(path)
    assert "Unpack it" in told.value.next


def test_videos_in_such_a_zip_are_told_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("v/7312345678901234567.mp4", b"x")
    told = unopened_file(path, in_folder=True)
    assert told is not None
    assert "holds 1 video: unpack it" in told.reason
