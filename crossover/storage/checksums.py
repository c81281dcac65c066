"""sums.json: the sha256 of files already read, so that no file is read twice for it.

A file is recognised by its inode, size and time of change: a hard link is the same file, an edited
one is not. Where that misleads, since somebody set the time back, `read_again` puts it right. Where
a disk has no inodes nothing is remembered.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from crossover.storage.cache import read_cache, write_cache


def sha256_file(path: Path) -> str:
    """Compute the sha256 (hex) of a file, read in blocks. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(slots=True)
class Checksums:
    """The content of sums.json, by `inode-size-time`. Changed in place; `save` writes it."""

    known: dict[str, str] = field(default_factory=dict)

    def of(self, path: Path) -> str:
        """Find the sha256 (hex) of the file, which is read only when it is not known. Raises
        `OSError`."""
        stat = path.stat()
        return self.known.get(file_key(stat)) or self.remember(path, sha256_file(path), stat)

    def read_again(self, path: Path) -> str:
        """Read the file, whatever is known of it, and remember its sha256 (hex). Raises
        `OSError`."""
        stat = path.stat()
        return self.remember(path, sha256_file(path), stat)

    def differs(self, stat: os.stat_result, sha256: str) -> bool:
        """Whether a file is known to be another than it was when `sha256` was taken."""
        return self.known.get(file_key(stat), sha256) != sha256

    def remember(self, path: Path, sha256: str, stat: os.stat_result | None = None) -> str:
        """Remember the checksum of `path`. `stat` is the file's from before it was read."""
        stat = stat or path.stat()
        if stat.st_ino:
            self.known[file_key(stat)] = sha256
        return sha256

    def save(self, path: Path) -> None:
        """Write sums.json. Raises what `write_document` raises."""
        write_cache(path, "sums", self)


def read_checksums(path: Path) -> Checksums:
    """Read the checksums of a workspace; none before the first file."""
    return read_cache(path, "sums", Checksums) or Checksums()


def file_key(stat: os.stat_result) -> str:
    """Make the key of a file, which stays as long as nobody writes to it: `inode-size-time`."""
    return f"{stat.st_ino}-{stat.st_size}-{stat.st_mtime_ns}"
