"""The folder of one account: its ledger, its lock, and what is already on the upload host.

The practice account lives in a workspace; a real account in the user's data folder, so that
every workspace and destination of that account knows what went out.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from crossover.account.uploads import FileUploadMemory
from crossover.files import only_one
from crossover.model import Note

__all__ = ["AccountFolder", "FileUploadMemory"]


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
