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
from crossover.model import Note, UploadedFile


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
    files: tuple[UploadedFile, ...]


class FileUploadMemory:
    """Uploaded files of one note in a 0600 file, gone when the note is settled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def known(self) -> Mapping[str, UploadedFile]:
        if not self._path.exists():
            return {}
        uploads = read_document(self._path, "uploads", 1, _Uploads)
        return {file.sha256: file for file in uploads.files}

    def remember(self, file: UploadedFile) -> None:
        files = {**self.known(), file.sha256: file}
        write_document(self._path, "uploads", 1, _Uploads(tuple(files.values())), private=True)

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)
