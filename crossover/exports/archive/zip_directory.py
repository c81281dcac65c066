"""The directory of a ZIP: its entries, refused where they overlap or the directory is too large."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

MAX_DIRECTORY = 10 * 1024**2
"""Bytes of the directory, which is held in memory; enough for so many files."""

LOCAL_HEADER = 30
"""Bytes before each file's name."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_MAX_COMMENT = 0xFFFF


class DamagedZip(Exception):
    """The archive or a member is damaged or forged. The message completes "… is damaged: "."""


def read_directory(path: Path) -> tuple[list[zipfile.ZipInfo], int]:
    """Read the entries of the ZIP at `path`, and where its directory begins. Both are places in the
    file: bytes before the first entry, which the ZIP does not count, are added.

    Raises `DamagedZip`; other errors of `zipfile`, of nearly any kind, where there is no directory.
    """
    with _BoundedReads(io.FileIO(path)) as file, zipfile.ZipFile(file) as archive:
        entries, begins = archive.infolist(), archive.start_dir
    check_directory(entries, begins)
    return entries, begins


class _BoundedReads(io.BufferedReader):
    """A file that gives at most `MAX_DIRECTORY` bytes at once: `zipfile` reads as many bytes as the
    end record says. Raises `DamagedZip` for more."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise DamagedZip(f"its list of files is larger than {MAX_DIRECTORY:,} bytes")
        return super().read(size)


def has_end_record(path: Path) -> bool:
    """Whether the record that ends a ZIP is there, whole, with at most a comment after it."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _END_SIZE - _MAX_COMMENT))
        return _END in file.read()[: len(_END) - _END_SIZE]


def check_directory(entries: Sequence[zipfile.ZipInfo], directory_at: int) -> None:
    """Refuse a directory whose entries share bytes: a small file could unpack to any size then.

    `directory_at` is where the directory begins in the file. Raises `DamagedZip`.
    """
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < 0:
            raise DamagedZip("its beginning is missing")
        if entry.header_offset < end:
            raise DamagedZip("its files overlap")
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size
    if end > directory_at:
        raise DamagedZip("its files overlap its directory")
