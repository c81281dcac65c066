"""Atomic writes: a file is there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crossover.storage.os_errors import explain_os_error

BLOCK = 256 * 1024
"""Bytes read at a time; no file is ever held whole."""

_TEMP_MARK = ".crossover-tmp-"


def write_atomic(path: Path, *data: bytes, lasting: bool = True) -> None:
    """Write all of `data`, one behind the other, or nothing, for its owner alone, and keep it over a
    power cut when `lasting`; else that may leave an empty or damaged file.

    Raises `RetryLater` on a full disk and `UsageProblem` where
    writing is not allowed; the former content is untouched then.
    """
    temp = temp_beside(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fd = os.open(
            temp,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
            0o600,
        )
        with os.fdopen(fd, "wb") as out:
            out.writelines(data)
            out.flush()
            if lasting:
                os.fsync(out.fileno())
        temp.replace(path)
        if lasting:
            sync_folder(path.parent)
    except OSError as exc:
        with suppress(OSError):  # the disk that refused the file may refuse this too
            temp.unlink(missing_ok=True)
        raise explain_os_error(exc, path) from exc


def append_line(path: Path, line: str, *, lasting: bool) -> None:
    """Append `line` to a file, made for its owner alone. It outlives this process at once, and a
    power cut when `lasting`. It begins on a line of its own even where a crash tore the one before.

    Raises like `write_atomic`; the line may then be there in part.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        fd = os.open(path, flags, 0o600)
        with os.fdopen(fd, "wb") as out:
            out.write(b"\n" + line.encode())
            out.flush()
            if lasting:
                os.fsync(out.fileno())
        if lasting:
            sync_folder(path.parent)  # the file may be new, by this line or one before it
    except OSError as exc:
        raise explain_os_error(exc, path) from exc


def make_private(path: Path) -> None:
    """Make a file its owner's alone that is written in place, and may be of an earlier version."""
    with suppress(OSError):  # it is not there, or the disk has no modes
        path.chmod(0o600)


def temp_beside(path: Path) -> Path:
    """Make a name in the same folder for an unfinished file, which tells the process that makes it;
    `sweep_temp` removes what a crash left."""
    return path.with_name(f"{_TEMP_MARK}{os.getpid()}-{secrets.token_hex(6)}{path.suffix}")


def sweep_temp(folder: Path, below: Iterable[str] = (), *, process: int | None = None) -> None:
    """Remove the half-made files that a killed run left in `folder`, and anywhere in its folders
    `below`; with `process`, those of one process that is gone. Call it under the lock that covers
    them: what lies under another may be of a run that is at work."""
    anything = f"{_TEMP_MARK}*" if process is None else f"{_TEMP_MARK}{process}-*"
    for pattern in (anything, *(f"{name}/**/{anything}" for name in below)):
        for temp in folder.glob(pattern):
            temp.unlink(missing_ok=True)


@contextmanager
def swept_after(folder: Path) -> Iterator[None]:
    """Sweep what was left half-made in `folder` once the block has ended, however it did."""
    try:
        yield
    finally:
        sweep_temp(folder)


def make_private_folder(folder: Path) -> None:
    """Make a folder that is not there, and those above it, for their owner alone. They last over a
    power cut. Raises `OSError`."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename last over a power cut, where the system can."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
