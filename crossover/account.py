"""The folder of one account: its ledger, its lock, and what is already on the upload host.

The practice account lives in a workspace; a real account in the user's data folder, so that
every workspace and destination of that account knows what went out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from crossover.files import only_one, read_document, write_document
from crossover.model import BegunUpload, Note, UploadedFile


@dataclass(frozen=True, slots=True)
class AccountFolder:
    """Where everything about one account is kept."""

    path: Path

    @property
    def ledger(self) -> Path:
        return self.path / "ledger.sqlite"

    def hold(self, command: str) -> AbstractContextManager[None]:
        """One run per account. Raises `Busy`, naming the other run."""
        return only_one(self.path, "this account", command)

    def memory(self, note: Note) -> FileUploadMemory:
        """What is known of the files of `note` on the upload host."""
        return FileUploadMemory(
            self.path / "uploads" / f"{re.sub(r'[^0-9TZ-]', '', note.post)}.{note.part[0]}.json"
        )


@dataclass(frozen=True, slots=True)
class _Uploads:
    """Version 2 added `begun`; a file of version 1 has none."""

    files: tuple[UploadedFile, ...] = ()
    begun: tuple[BegunUpload, ...] = ()


_FORMAT, _VERSION = "uploads", 2


class FileUploadMemory:
    """The `UploadMemory` of one note in a 0600 file, gone when the note is settled. For one
    thread of one process: the account's lock keeps others away."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def known(self) -> Mapping[str, UploadedFile]:
        return {file.sha256: file for file in self._read().files}

    def remember(self, file: UploadedFile) -> None:
        now = self._read()
        files = (*(f for f in now.files if f.sha256 != file.sha256), file)
        self._write(_Uploads(files, _without(now.begun, file.sha256)))

    def begun(self) -> Mapping[str, BegunUpload]:
        return {upload.sha256: upload for upload in self._read().begun}

    def keep(self, upload: BegunUpload) -> None:
        now = self._read()
        self._write(_Uploads(now.files, (*_without(now.begun, upload.sha256), upload)))

    def drop(self, sha256: str) -> None:
        now = self._read()
        if left := _without(now.begun, sha256):
            self._write(_Uploads(now.files, left))
        elif now.files:
            self._write(_Uploads(now.files))
        else:
            self.forget()

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)

    def _read(self) -> _Uploads:
        if not self._path.exists():
            return _Uploads()
        return read_document(self._path, _FORMAT, _VERSION, _Uploads)

    def _write(self, uploads: _Uploads) -> None:
        write_document(self._path, _FORMAT, _VERSION, uploads, private=True)


def _without(begun: tuple[BegunUpload, ...], sha256: str) -> tuple[BegunUpload, ...]:
    return tuple(upload for upload in begun if upload.sha256 != sha256)
