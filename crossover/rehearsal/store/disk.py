"""Files of the stand-in: written under a passing name, then renamed into place."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

MEDIA = "media"
_PREFIX, _SUFFIX = ".rehearsal-", ".tmp"


def passing_name(folder: Path) -> Path:
    return folder / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


def replace_text(path: Path, text: str) -> None:
    """Readers see the old file or the new one, never half of one."""
    temp = passing_name(path.parent)
    try:
        with temp.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
    finally:
        temp.unlink(missing_ok=True)


def settle(temp: Path, path: Path) -> None:
    """The written file under its own name, to stay."""
    with temp.open("rb+") as file:
        os.fsync(file.fileno())
    temp.replace(path)


def sweep(folder: Path) -> None:
    """Removes what an earlier server left half written. Only the holder of the lock may call it."""
    for place in (folder, folder / MEDIA, folder / "parts"):
        for leftover in place.glob(f"{_PREFIX}*{_SUFFIX}"):
            leftover.unlink(missing_ok=True)


def disk_full(exc: BaseException | None) -> bool:
    """Whether a full disk is behind it: one of a file or of the store."""
    if exc is None:
        return False
    full = isinstance(exc, OSError) and exc.errno in (errno.ENOSPC, errno.EDQUOT)
    return full or getattr(exc, "sqlite_errorcode", 0) == 13 or disk_full(exc.__cause__)
