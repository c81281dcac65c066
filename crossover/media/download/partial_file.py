"""A file in the making: `NAME.part` with a small record beside it, kept over runs and crashes.

Order of effects: bytes are appended to the part; the record is written before the first of them;
a whole file is synced, renamed to its final name, and the record goes last. Killed anywhere, what
lies there is either whole under its final name or a part that can be gone on with.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from crossover.media.containers.probe import HEAD_BYTES
from crossover.storage.atomic import BLOCK, sync_folder
from crossover.storage.cache import read_cache, write_cache
from crossover.storage.os_errors import explain_os_error


@dataclass(frozen=True, slots=True)
class ObjectVersion:
    """Which version of an object a part holds. `total` is its length in bytes.

    `key` is the object's path, never its link, which is signed. Without a validator a part cannot
    be trusted to go on.
    """

    key: str
    etag: str | None = None
    modified: str | None = None
    total: int | None = None

    @property
    def validator(self) -> str | None:
        """The value of `If-Range`: a strong ETag, else the date of the last change."""
        strong = self.etag if self.etag and not self.etag.startswith("W/") else None
        return strong or self.modified

    def same_as(self, other: ObjectVersion) -> bool:
        """Whether both can be the same version, as far as both tell."""
        pairs = (self.etag, other.etag), (self.modified, other.modified), (self.total, other.total)
        return all(one is None or two is None or one == two for one, two in pairs)


class PartialFile:
    """The open part of one file. Use it as a context; `finish` ends it, all else keeps
    what a later run can go on with."""

    def __init__(self, folder: Path, stem: str, key: str) -> None:
        self.folder = folder
        self._path = folder / f"{stem}.part"
        self._record = folder / f"{stem}.part.json"
        self._key = key
        self.version = ObjectVersion(key)
        self._forget()

    def __enter__(self) -> PartialFile:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._file: BinaryIO = os.fdopen(os.open(self._path, flags, 0o600), "r+b", buffering=0)
            self._take_up()
        except OSError as exc:
            raise explain_os_error(exc, self._path) from exc
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, _: TracebackType | None
    ) -> None:
        whole = self.size == self.version.total
        if self.size and (whole or self.version.validator):
            self._file.close()
        else:  # nothing that a later run could go on with
            self.discard()

    def _take_up(self) -> None:
        """Go on with what an earlier run left, when its record says what it is."""
        known = self._read_record()
        size = _without_zero_tail(self._file) if known else 0
        if not known or (known.total is not None and size > known.total):
            size = 0
        self._file.truncate(size)
        self._file.seek(0)
        while block := self._file.read(BLOCK):
            self._take(block)
        if known and self.size:
            self.version = known

    def _read_record(self) -> ObjectVersion | None:
        version = read_cache(self._record, "part", ObjectVersion)
        return version if version and version.key == self._key else None

    def begin(self, version: ObjectVersion) -> None:
        """Start the file anew, as this version of it. Raises a `CrossoverError` for a disk that
        fails."""
        try:
            self._file.seek(0)
            self._file.truncate()
            if self.size:  # on disk before the new record: old bytes never pass for new ones
                os.fsync(self._file.fileno())
        except OSError as exc:
            raise explain_os_error(exc, self._path) from exc
        self._forget()
        self.version = version
        write_cache(self._record, "part", version)

    def write(self, data: bytes) -> None:
        """Append. Raises `RetryLater` on a full disk; what was written before stays."""
        view = memoryview(data)
        try:
            while view:
                done = self._file.write(view)
                self._take(view[:done])
                view = view[done:]
        except OSError as exc:
            raise explain_os_error(exc, self._path) from exc

    def finish(self, suffix: str) -> Path:
        """Give the whole file its final name, for good. Raises a `CrossoverError` for a disk that
        fails."""
        final = self._path.with_suffix(suffix)
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            self._path.replace(final)
            sync_folder(final.parent)
            self._record.unlink(missing_ok=True)
        except OSError as exc:
            raise explain_os_error(exc, final) from exc
        return final

    def discard(self) -> None:
        """Remove it: what came is not the file."""
        self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            self._record.unlink(missing_ok=True)

    def look_into(self) -> BinaryIO:
        """The open file, for reading; nothing is written after that."""
        return self._file

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()

    def _take(self, data: bytes | memoryview) -> None:
        self._sum.update(data)
        self.size += len(data)
        if len(self.head) < HEAD_BYTES:
            self.head += bytes(data[: HEAD_BYTES - len(self.head)])

    def _forget(self) -> None:
        self._sum = hashlib.sha256()
        self.size = 0
        self.head = b""


def _without_zero_tail(file: BinaryIO) -> int:
    """The size without zeros at the end: some file systems leave those after a power cut."""
    size = file.seek(0, os.SEEK_END)
    while size:
        start = max(0, size - BLOCK)
        file.seek(start)
        block = file.read(size - start)
        if kept := block.rstrip(b"\0"):
            return start + len(kept)
        size = start
    return 0
