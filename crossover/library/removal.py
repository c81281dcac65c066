"""Removes files of `media/` that no post has any more, and lays aside what may be the only copy."""

from __future__ import annotations

import stat
from itertools import count
from pathlib import Path

from crossover.storage.atomic import sync_folder
from crossover.storage.checksums import Checksums
from crossover.storage.os_errors import explain_os_error

FOLDER = "media/unpaired"


class Removal:
    """Removes files of the workspace `root`. One without a second link may be the only copy: it is
    moved to `media/unpaired`, and `laid_aside` says where it is now."""

    def __init__(self, root: Path, checksums: Checksums) -> None:
        self.laid_aside: list[Path] = []
        self._folder = root / FOLDER
        self._checksums = checksums

    def remove(self, path: Path) -> None:
        """Remove or move the file, if it is there. What is no ordinary file was not put there by
        crossover, and stays. Raises a `CrossoverError` for a disk that does not let it go."""
        try:
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
                path.unlink()
            elif stat.S_ISREG(found.st_mode):
                self._lay_aside(path)
        except FileNotFoundError:
            return
        except OSError as exc:
            raise explain_os_error(exc, path) from exc

    def _lay_aside(self, path: Path) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = (f"{path.stem}-{number}{path.suffix}" for number in count(2))
        place = self._folder / path.name
        while place.exists():
            if place.is_file() and self._checksums.of(place) == self._checksums.of(path):
                path.unlink()
                return
            place = self._folder / next(names)
        path.rename(place)
        sync_folder(self._folder)
        self.laid_aside.append(place)
