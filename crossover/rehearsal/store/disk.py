"""Writes files of the stand-in under a temporary name, then renames them into place."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from pathlib import Path

MEDIA = "media"
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
"""The second where there is no room for the memory that readers of the store share."""
_PREFIX, _SUFFIX = ".rehearsal-", ".tmp"


def temp_path(folder: Path) -> Path:
    """Make a temporary name in `folder`; `sweep_temp` removes what a killed server left."""
    return folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


def replace_text(path: Path, text: str) -> None:
    """Readers see the old file or the new one, never half of one."""
    temp = temp_path(path.parent)
    try:
        temp.write_text(text, "utf-8", newline="\n")
        move_into_place(temp, path)
    finally:
        temp.unlink(missing_ok=True)


def move_into_place(temp: Path, path: Path) -> None:
    """Sync a written file to the disk and rename it into place, over a power cut too where the
    system can."""
    with temp.open("rb+") as file:
        os.fsync(file.fileno())
    temp.replace(path)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep_temp(folder: Path) -> None:
    """Remove unfinished files of an earlier server. Only the holder of the lock may call it."""
    for place in (folder, folder / MEDIA, folder / "parts"):
        for leftover in place.glob(f"{_PREFIX}*{_SUFFIX}"):
            leftover.unlink(missing_ok=True)


def is_disk_full(exc: BaseException | None) -> bool:
    """Whether a full disk caused the error, of a file or of the store."""
    if exc is None:
        return False
    full = isinstance(exc, OSError) and exc.errno in (errno.ENOSPC, errno.EDQUOT)
    full |= getattr(exc, "sqlite_errorcode", None) in _FULL
    return full or is_disk_full(exc.__cause__)
