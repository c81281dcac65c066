"""A ZIP with bytes before its first entry: a self-extractor, a download resumed at the wrong place."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from crossover.errors import ExportError
from crossover.exports.archive import zip_directory
from crossover.exports.archive.open import open_bundle
from crossover.exports.read import is_export, read_export

from .hostile import NAME, POST, beyond_4_gib, full_overlap, one_post, patched, quoted_overlap
from .makers import write

PROGRAM = b"MZ" + bytes(998)


def prefixed(path: Path, prefix: bytes = PROGRAM) -> Path:
    path.write_bytes(prefix + path.read_bytes())
    return path


@pytest.mark.parametrize(
    "prefix",
    [
        b"\n",
        PROGRAM,
        b"PK\x07\x08",
        b"PK\x03\x04 begun, and begun again",
        b"PK\x05\x06" + bytes(18),
        b"<!DOCTYPE html><title>Try again</title>",
        bytes(100_000),
    ],
)
@pytest.mark.parametrize("name", ["export.zip", "export.exe", "export"])
def test_bytes_before_the_first_entry_change_nothing(
    tmp_path: Path, name: str, prefix: bytes
) -> None:
    path = one_post(tmp_path / name, **{"readme.txt": b"a file before the posts"})
    whole = read_export(path)
    assert is_export(prefixed(path, prefix))
    assert read_export(path) == whole


def test_a_self_extractor_that_counts_its_own_bytes_is_read_too(tmp_path: Path) -> None:
    path = write(tmp_path, PROGRAM, "export.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(NAME, POST)
    assert read_export(path).found == 1


def test_a_zip_after_a_whole_zip_is_the_one_that_counts(tmp_path: Path) -> None:
    first = one_post(tmp_path / "first.zip", **{"old.txt": b"x"}).read_bytes()
    path = prefixed(one_post(tmp_path / "export.zip"), first)
    assert [member.name for member in open_bundle(path).members] == [NAME]
    assert read_export(path).found == 1


def test_a_zip_of_more_than_4_gib_is_read_behind_a_prefix(tmp_path: Path) -> None:
    large = beyond_4_gib(tmp_path / "large.zip")
    begins = zip_directory.read_directory(large)[1]
    size = large.stat().st_size
    path = tmp_path / "export.zip"
    with large.open("rb") as old, path.open("wb") as new:
        new.write(PROGRAM)
        for at in (0, begins - 4096):  # between them is a hole
            old.seek(at)
            new.seek(len(PROGRAM) + at)
            new.write(old.read(4096 if at == 0 else size))
    assert read_export(path).found == 1


@pytest.mark.parametrize("forged", [full_overlap, quoted_overlap])
def test_a_prefix_hides_no_overlap(tmp_path: Path, forged: object) -> None:
    assert callable(forged)
    path = prefixed(forged(tmp_path / "export.zip", 50))
    with pytest.raises(ExportError, match="its files overlap"):
        read_export(path)


def test_an_entry_beyond_the_file_is_refused(tmp_path: Path) -> None:
    def beyond(data: bytearray, _: int, entry: int) -> None:
        struct.pack_into("<I", data, entry + 42, 0x7FFFFFFF)

    path = prefixed(patched(one_post(tmp_path / "export.zip"), beyond))
    with pytest.raises(ExportError, match="its files overlap its directory"):
        read_export(path)


@pytest.mark.parametrize("lost", [1, 40, 200])
def test_a_zip_without_its_beginning_says_so(tmp_path: Path, lost: int) -> None:
    path = one_post(tmp_path / "export.zip", **{"readme.txt": bytes(range(256))})
    path.write_bytes(path.read_bytes()[lost:])
    with pytest.raises(ExportError, match="is not a sound ZIP: its beginning is missing"):
        read_export(path)


def test_a_list_of_files_that_is_none_is_named(tmp_path: Path) -> None:
    path = one_post(tmp_path / "export.zip")
    data = path.read_bytes()
    path.write_bytes(PROGRAM + data.replace(b"PK\x01\x02", b"PK\x01\x03"))
    with pytest.raises(ExportError, match="the list of its files, before its end, cannot be read"):
        read_export(path)


def test_an_end_record_that_hides_another_does_not_pass_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The place of the directory spells an end record, and every place counts from the end."""
    path = one_post(tmp_path / "export.zip")
    data = path.read_bytes()
    path.write_bytes(data[:-6] + b"PK\x05\x06" + data[-2:])
    monkeypatch.setattr(zip_directory, "MAX_DIRECTORY", 20)
    with pytest.raises(ExportError, match="its list of files is larger than 20 bytes"):
        read_export(path)


@pytest.mark.parametrize("name", ["user_data_tiktok.json", "Posts.txt", "notes.md"])
def test_a_file_of_another_kind_that_spells_an_end_record_is_no_zip(
    tmp_path: Path, name: str
) -> None:
    path = write(tmp_path, POST + b"PK\x05\x06" + bytes(18), name)
    assert open_bundle(path).form == "file"
