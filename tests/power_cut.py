"""What a power cut could take: of files renamed into place, the bytes and the names that were not
synced to the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch


@dataclass
class AtRisk:
    """Files whose bytes were not synced before they were renamed, and files whose new name was not
    synced with its folder after that."""

    bytes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@contextmanager
def power_cut() -> Iterator[AtRisk]:
    """Tells what a power cut at the end of the block could take."""
    at_risk = AtRisk()
    synced: set[tuple[int, int]] = set()
    unsynced_folders: dict[tuple[int, int], list[str]] = {}
    fsync, replace = os.fsync, os.replace

    def sync(fd: int) -> None:
        fsync(fd)
        synced.add(_identity(os.fstat(fd)))
        unsynced_folders.pop(_identity(os.fstat(fd)), None)

    def rename(source: Any, target: Any) -> None:
        stat = Path(source).stat()
        if _identity(stat) not in synced and stat.st_nlink == 1:  # a link has no bytes of its own
            at_risk.bytes.append(Path(target).name)
        replace(source, target)
        folder = _identity(Path(target).parent.stat())
        unsynced_folders.setdefault(folder, []).append(Path(target).name)

    with patch("os.fsync", sync), patch("os.replace", rename):
        yield at_risk
    if os.name != "nt":  # which has no way to do so
        at_risk.names = [name for names in unsynced_folders.values() for name in names]


def _identity(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_dev, stat.st_ino
