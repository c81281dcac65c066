"""Room on the disk, promised to files before their bytes come."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from crossover.media.download.outcomes import Ended, LinkState
from crossover.storage.os_errors import explain_os_error

SPARE = 256 * 10**6
"""Bytes that fetching leaves free, so that the workspace's own documents can always be written."""


class Room:
    """The room on the disk of `folder` (made where it is missing), shared by the files under way.

    What is promised to one is not there for another, so that those that began first are finished.
    All sizes are bytes. Raises `CrossoverError` where there can be no such folder.
    """

    def __init__(self, folder: Path, spare: int = SPARE) -> None:
        self.spare = spare
        self._folder = folder
        self._lock = threading.Lock()
        self._owed: dict[str, int] = {}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise explain_os_error(exc, folder) from exc

    def promise(self, stem: str, size: int) -> bool:
        """Promise `size` more bytes to a file, in place of what it was promised before. False,
        and nothing is promised, where they are not free."""
        with self._lock:
            self._owed.pop(stem, None)
            fits = size <= 0 or size <= self._free() - self.spare - sum(self._owed.values())
            if fits:
                self._owed[stem] = size
            return fits

    def owed(self, stem: str) -> int:
        """Bytes promised to a file that it has not written yet."""
        return self._owed.get(stem, 0)

    def wrote(self, stem: str, size: int) -> None:
        """So many of the promised bytes lie on the disk now."""
        with self._lock:
            self._owed[stem] = max(0, self.owed(stem) - size)

    def leave(self, stem: str) -> None:
        """The file is done, well or not: what it was promised is free again."""
        with self._lock:
            self._owed.pop(stem, None)

    @property
    def is_low(self) -> bool:
        """Whether something else is filling the disk: half of the spare is gone."""
        return self._free() < self.spare // 2

    def refusal(self) -> Ended:
        """What a file is told for which there is none."""
        kept = f"{self.spare / 1e6:,.0f} MB of it are kept free"
        return Ended(LinkState.NO_ROOM, f"no room on the disk; {kept}")

    def _free(self) -> int:
        return shutil.disk_usage(self._folder).free
