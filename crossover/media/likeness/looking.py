"""looks.json: what files look like, so that none is decoded twice for it.

A file is known again as in `sums`. Only a cache: damaged, newer or of another recipe, it is empty.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.files import read_document, write_document
from crossover.media.fitter import Fitter, Unfit
from crossover.media.likeness.fingerprint import Look
from crossover.model import MediaKind
from crossover.sums import mark

RECIPE = 1
"""To be raised when the same file would look otherwise."""
SAVE_SECONDS = 10.0
"""At most this much work is lost when the run is killed."""


@dataclass(frozen=True, slots=True)
class _Document:
    recipe: int = RECIPE
    looks: dict[str, Look] = field(default_factory=dict)


class Looks:
    """Looks at files, in a child process where they are not known yet. A context manager: its end
    saves, whatever ended it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _Document()
        self._fitter = Fitter()
        self._unsaved = False
        self._saved_at = time.monotonic()

    def __enter__(self) -> Looks:
        if self._path.is_file():
            with suppress(CrossoverError):
                found = read_document(self._path, "looks", 1, _Document)
                if found.recipe == RECIPE:
                    self._known = found
        self._fitter.__enter__()
        return self

    def __exit__(self, *exc: object) -> None:
        self._fitter.__exit__(None, None, None)
        self._save()

    def of(self, path: Path, kind: MediaKind) -> Look | Unfit:
        """How the file looks, or why it cannot be looked at."""
        try:
            stat = path.stat()
        except OSError as exc:
            return Unfit(f"could not be read: {exc.strerror or exc}")
        key = f"{kind}-{mark(stat)}"
        known = self._known.looks.get(key) if stat.st_ino else None
        if known is not None:
            return known
        look = self._fitter.look(path, kind)
        if isinstance(look, Look) and stat.st_ino:
            self._known.looks[key] = look
            self._unsaved = True
            if time.monotonic() - self._saved_at > SAVE_SECONDS:
                self._save()
        return look

    def _save(self) -> None:
        if self._unsaved:
            write_document(self._path, "looks", 1, self._known, private=True)
            self._unsaved = False
        self._saved_at = time.monotonic()
