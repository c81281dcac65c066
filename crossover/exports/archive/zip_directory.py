"""The directory of a ZIP: its entries, refused where they cannot all be true."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

MAX_DIRECTORY = 10 * 1024**2
"""Bytes of the directory, which is held in memory; enough for so many files."""

LOCAL_HEADER = 30
"""Bytes before each file's name."""

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_TAIL = 22 + 0xFFFF + 20 + 56


class Unsound(Exception):
    """The archive or a member is damaged or forged. The message completes "… is damaged: "."""


def read_directory(path: Path) -> tuple[list[zipfile.ZipInfo], int]:
    """The entries of the ZIP at `path`, and where its directory begins.

    Raises `Unsound`; other errors of `zipfile`, of nearly any kind, where there is no directory.
    """
    if _directory_size(path) > MAX_DIRECTORY:
        raise Unsound(f"its list of files is larger than {MAX_DIRECTORY:,} bytes")
    with zipfile.ZipFile(path) as archive:
        entries, begins = archive.infolist(), archive.start_dir
    check_directory(entries, begins)
    return entries, begins


def _directory_size(path: Path) -> int:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read()
    end = tail.rfind(_END)
    said = struct.unpack_from("<I", tail, end + 12)[0] if 0 <= end <= len(tail) - 16 else 0
    if said == 0xFFFFFFFF and 0 <= (end := tail.rfind(_END_64)) <= len(tail) - 48:
        said = struct.unpack_from("<Q", tail, end + 40)[0]
    return int(said)


def check_directory(entries: Sequence[zipfile.ZipInfo], directory_at: int) -> None:
    """Refuse a directory whose entries share bytes: a small file could unpack to any size then.

    `directory_at` is where the directory begins in the file. Raises `Unsound`.
    """
    end = -1
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise Unsound("its files overlap")
        end = entry.header_offset + LOCAL_HEADER + len(entry.orig_filename) + entry.compress_size
    if end > directory_at:
        raise Unsound("its files overlap its directory")
