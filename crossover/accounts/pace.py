"""The pace of an account: its pause, and the newest clock that a sitting saw.

It lies in the account's folder, so that it counts for every workspace and destination.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crossover.model.pace import Pace
from crossover.storage.documents import read_document, write_document

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AccountPace:
    """The pace of the account in `folder`. Nothing is read before a method is called; what one
    wrote is on disk when it returns. Every method raises `CrossoverError` for a file that is
    damaged, and those that write raise like `write_document`."""

    folder: Path

    def read(self) -> Pace:
        """Read what is kept of the pace."""
        return read_document(self._file, "pace", 1, Pace) if self._file.exists() else Pace()

    def pause(self, now: datetime, until: date | None) -> Pace:
        """Pause the account: nothing goes out before the day `until`, or before `resume`."""
        return self._write(self.read().paused(now, until))

    def resume(self) -> Pace:
        """End the pause."""
        return self._write(self.read().resumed())

    def begin_sitting(self, now: datetime) -> Pace:
        """Keep that a sitting begins. Called under the account's lock, before anything goes out."""
        before = self.read()
        after = before.with_sitting(now)
        return before if after == before else self._write(after)

    def accept_clock(self, now: datetime, today: date) -> Pace:
        """Go on with this computer's clock though it shows an earlier day than once before: the
        creator says that it is right. Nothing more goes out today."""
        return self._write(self.read().with_clock(now, today))

    def _write(self, pace: Pace) -> Pace:
        write_document(self._file, "pace", 1, pace)
        log.info("the pace is now %s", pace)
        return pace

    @property
    def _file(self) -> Path:
        return self.folder / "pace.json"
