"""Tells whether a file is still the one that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileMark:
    """What tells a file from the same file later, without reading it; all zero where there is none."""

    inode: int = 0
    bytes: int = 0
    mtime_ns: int = 0


def mark_file(path: Path) -> FileMark:
    """Take the mark of a file."""
    try:
        stat = path.stat()
    except OSError:
        return FileMark()
    return FileMark(stat.st_ino, stat.st_size, stat.st_mtime_ns)


def mark_files(paths: Iterable[Path]) -> Mapping[Path, FileMark]:
    """Take the marks of several files."""
    return {path: mark_file(path) for path in paths}


def sum_file(path: Path) -> str:
    """Sum up the content of a small file: sha256, empty where there is none to read. An editor may
    write a file anew within one tick of the clock, in the same length."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
