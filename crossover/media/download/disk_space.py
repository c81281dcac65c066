"""Space on the disk, reserved for files before their bytes come."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from crossover.media.download.outcomes import Ended, LinkState
from crossover.storage.os_errors import explain_os_error

SPARE = 256 * 10**6
"""Bytes that fetching leaves free, so that the workspace's own documents can always be written."""


class DiskSpace:
    """The space on the disk of `folder` (made where it is missing), shared by the files under way.

    What is reserved for one is not there for another, so that those that began first are finished.
    All sizes are bytes. Raises `CrossoverError` where there can be no such folder.
    """

    def __init__(self, folder: Path, spare: int = SPARE) -> None:
        self.spare = spare
        self._folder = folder
        self._lock = threading.Lock()
        self._reserved: dict[str, int] = {}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise explain_os_error(exc, folder) from exc

    def reserve(self, stem: str, size: int) -> bool:
        """Reserve `size` more bytes for a file, in place of what it had reserved. False,
        and nothing is reserved, where they are not free."""
        with self._lock:
            self._reserved.pop(stem, None)
            fits = size <= 0 or size <= self._free() - self.spare - sum(self._reserved.values())
            if fits:
                self._reserved[stem] = size
            return fits

    def reserved(self, stem: str) -> int:
        """Bytes reserved for a file that it has not written yet."""
        return self._reserved.get(stem, 0)

    def wrote(self, stem: str, size: int) -> None:
        """So many of the reserved bytes lie on the disk now."""
        with self._lock:
            self._reserved[stem] = max(0, self.reserved(stem) - size)

    def release(self, stem: str) -> None:
        """The file is done, well or not: what it had reserved is free again."""
        with self._lock:
            self._reserved.pop(stem, None)

    @property
    def is_low(self) -> bool:
        """Whether something else is filling the disk: half of the spare is gone."""
        return self._free() < self.spare // 2

    def refusal(self) -> Ended:
        """Return how a file ends for which there is no space."""
        kept = f"{self.spare / 1e6:,.0f} MB of it are kept free"
        return Ended(LinkState.NO_ROOM, f"no room on the disk; {kept}")

    def _free(self) -> int:
        return shutil.disk_usage(self._folder).free
