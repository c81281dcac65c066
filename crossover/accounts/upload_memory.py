"""Which of one note's files the upload host has: a document, and beside it a list of parts that
only grows.

    uploads/<post>.<part>.json    files that are there, and uploads that were begun
    uploads/<post>.<part>.parts   one line for each part that arrived since the document was written

A line costs a hundredth of a whole document synced to the disk. A line that a crash tore, or of an
upload given up since, is ignored: its part is sent again.

All of it only saves sending files again, so what cannot be read is dropped.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.model.uploads import BegunUpload, SentPart, UploadedFile
from crossover.storage.atomic import append_line
from crossover.storage.documents import read_document, write_document

_FORMAT, _VERSION = "uploads", 2
_UPGRADES = {1: lambda document: document}
"""Version 1 had no uploads in parts; all else is the same."""

SYNC_SECONDS = 1.0
"""Seconds between two syncs of the list of parts to the disk. A power cut costs the parts of so
long; a process that dies costs none."""

LARGE = 5 * 1024**2
"""Bytes. What is known of smaller files alone is not synced: a power cut costs sending one note's
pictures again, and that is sooner done than a sync for each."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Uploads:
    """Version 2 added `begun`; a file of version 1 has none."""

    files: tuple[UploadedFile, ...] = ()
    begun: tuple[BegunUpload, ...] = ()


class FileUploadMemory:
    """The `UploadMemory` of one note in 0600 files, gone when the note is settled. For one thread
    of one process: the account's lock keeps others away.

    Every method raises `RetryLater` on a full disk, and `UsageProblem` where the files may not be
    opened. Damaged ones, and those of a newer crossover, are an empty memory.
    """

    def __init__(self, path: Path, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._parts = path.with_suffix(".parts")
        self._monotonic = monotonic
        self._synced = monotonic()

    def uploaded_files(self) -> Mapping[str, UploadedFile]:
        return {file.sha256: file for file in self._read().files}

    def remember_file(self, file: UploadedFile) -> None:
        now = self._read()
        files = (*(f for f in now.files if f.sha256 != file.sha256), file)
        self._write(_Uploads(files, _drop_upload(now.begun, file.sha256)))

    def begun_uploads(self) -> Mapping[str, BegunUpload]:
        return {upload.sha256: upload for upload in self._read().begun}

    def remember_upload(self, upload: BegunUpload) -> None:
        now = self._read()
        self._write(_Uploads(now.files, (*_drop_upload(now.begun, upload.sha256), upload)))

    def remember_part(self, upload: BegunUpload, part: SentPart) -> None:
        line = json.dumps([upload.sha256, upload.upload_id, part.number, part.etag])
        due = self._monotonic() - self._synced >= SYNC_SECONDS
        append_line(self._parts, line, lasting=due)
        if due:
            self._synced = self._monotonic()

    def forget_upload(self, sha256: str) -> None:
        now = self._read()
        if left := _drop_upload(now.begun, sha256):
            self._write(_Uploads(now.files, left))
        elif now.files:
            self._write(_Uploads(now.files))
        else:
            self.forget()

    def forget(self) -> None:
        _remove_or_set_aside(self._parts)
        _remove_or_set_aside(self._path)

    def _read(self) -> _Uploads:
        for path in (self._path, self._parts):
            if path.is_dir():
                log.warning("%s is a folder, put aside", path.name)
                _remove_or_set_aside(path)
        if not self._path.exists():
            return _Uploads()
        try:
            document = read_document(self._path, _FORMAT, _VERSION, _Uploads, _UPGRADES)
        except (CrossoverError, RecursionError) as exc:
            if isinstance(exc.__cause__, PermissionError):
                raise
            log.warning("%s cannot be read, its files are sent again", self._path.name)
            self.forget()
            return _Uploads()
        sent = self._read_parts()
        begun = (_add_parts(upload, sent) for upload in document.begun)
        return replace(document, begun=tuple(begun))

    def _read_parts(self) -> list[tuple[str, str | None, SentPart]]:
        try:
            lines = self._parts.read_bytes().splitlines()
        except FileNotFoundError:
            return []
        found = []
        for line in lines:
            with suppress(ValueError, TypeError, RecursionError):
                sha256, upload_id, number, etag = json.loads(line)
                if isinstance(number, int) and isinstance(etag, str):
                    found.append((sha256, upload_id, SentPart(number, etag)))
        return found

    def _write(self, uploads: _Uploads) -> None:
        # The document holds what the lines said, so they may go; left by a crash, they say it twice.
        is_large = any(file.bytes >= LARGE for file in uploads.files)
        lasting = is_large or bool(uploads.begun)
        write_document(self._path, _FORMAT, _VERSION, uploads, lasting=lasting)
        self._parts.unlink(missing_ok=True)


def _remove_or_set_aside(path: Path) -> None:
    """Remove a file. A folder under its name is not crossover's: it is renamed."""
    if path.is_dir():
        path.rename(path.with_name(f"{path.name}.aside-{secrets.token_hex(4)}"))
    path.unlink(missing_ok=True)


def _drop_upload(begun: tuple[BegunUpload, ...], sha256: str) -> tuple[BegunUpload, ...]:
    return tuple(upload for upload in begun if upload.sha256 != sha256)


def _add_parts(upload: BegunUpload, sent: list[tuple[str, str | None, SentPart]]) -> BegunUpload:
    known = {part.number for part in upload.parts}
    further = {
        part.number: part
        for sha256, upload_id, part in sent
        if (sha256, upload_id) == (upload.sha256, upload.upload_id) and part.number not in known
    }
    return replace(upload, parts=(*upload.parts, *further.values())) if further else upload
