"""The folder of one account: its ledger, its lock, and what is already on the upload host.

The practice account lives in a workspace; a real account in the user's data folder, so that
every workspace and destination of that account knows what went out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.accounts.warnings import AccountWarnings
from crossover.model.notes import Note
from crossover.storage.atomic import make_private
from crossover.storage.lock import hold_lock

if TYPE_CHECKING:
    from crossover.accounts.upload_memory import FileUploadMemory

_MEMORY_NAME = re.compile(r"[0-9TZ-]*\.[0-9]+\.(json|parts)")


@dataclass(frozen=True, slots=True)
class AccountFolder:
    """The folder of one account. Nothing is made or read before a method is called."""

    path: Path

    @property
    def ledger(self) -> Path:
        return self.path / "ledger.sqlite"

    @property
    def warnings(self) -> AccountWarnings:
        return AccountWarnings(self.path)

    @contextmanager
    def hold(self, command: str) -> Iterator[None]:
        """Lock the account: one run at a time. Raises `Busy`, naming the other run."""
        with hold_lock(self.path, "this account", command, below=("uploads",)):
            make_private(self.ledger)
            yield

    def memory(self, note: Note) -> FileUploadMemory:
        """Make the memory of the files of `note` on the upload host."""
        from crossover.accounts.upload_memory import FileUploadMemory  # only a run that sends

        name = f"{re.sub(r'[^0-9TZ-]', '', note.post)}.{note.part[0]}.json"
        return FileUploadMemory(self._uploads / name)

    def forget_uploads(self) -> None:
        """Forget the files on the upload host. At any time that costs sending them again, and no
        more."""
        if self._uploads.is_dir():
            for path in self._uploads.iterdir():
                if _MEMORY_NAME.fullmatch(path.name):
                    path.unlink()
            with suppress(OSError):  # somebody put a file of theirs there
                self._uploads.rmdir()

    def forget(self) -> None:
        """Remove the ledger and everything else about the account: only for an account that was
        emptied, under its lock. Stopped at any point, it leaves the whole ledger, one without its
        newest rows, or none.
        """
        from crossover.accounts.ledger.database import log_files  # SQLite is slow to load
        from crossover.accounts.ledger.witness import forget_witness

        self.forget_uploads()
        # The witness first: without it there may be no ledger; without a ledger it is an alarm.
        # The log before the ledger: a new ledger would take the old one's log for its own.
        forget_witness(self.ledger)
        for path in (*log_files(self.ledger), self.ledger):
            path.unlink(missing_ok=True)
        self.warnings.lift()

    @property
    def _uploads(self) -> Path:
        return self.path / "uploads"
