"""looks.json: what files look like and how they compare, so that none is decoded twice for it.

A file is known again as in `sums`. Only a cache: damaged, newer or of another recipe, it is empty.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.media.decoder.process import Decoder
from crossover.media.fitted import Unfit
from crossover.media.likeness.closeness import Closeness
from crossover.media.likeness.fingerprint import Look
from crossover.model.posts import MediaKind
from crossover.storage.checksums import mark
from crossover.storage.documents import read_document, write_document

RECIPE = 2
"""To be raised when the same files would look or compare otherwise."""
SAVE_SECONDS = 10.0
"""At most this much work is lost when the run is killed."""


@dataclass(frozen=True, slots=True)
class _Document:
    recipe: int = RECIPE
    looks: dict[str, Look] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    close: dict[str, Closeness] = field(default_factory=dict)


class Looks:
    """Looks at files, in a child process where they are not known yet. A context manager: its end
    saves, whatever ended it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = _Document()
        self._fitter = Decoder()
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

    def has(self, path: Path, kind: MediaKind) -> bool:
        """Whether `of` answers at once."""
        key = _key(path, kind)
        return key in self._known.looks or key in self._known.unfit

    def of(self, path: Path, kind: MediaKind) -> Look | Unfit:
        """How the file looks, or why it cannot be looked at."""
        key = _key(path, kind)
        if (known := self._known.looks.get(key)) is not None:
            return known
        if (reason := self._known.unfit.get(key)) is not None:
            return Unfit(reason, lasting=True)
        look = self._fitter.look(path, kind)
        if key and isinstance(look, Look):
            self._known.looks[key] = look
        elif key and isinstance(look, Unfit) and look.lasting:
            self._known.unfit[key] = look.reason
        self._learned()
        return look

    def compare(self, path: Path, post: Path, kind: MediaKind) -> Closeness | Unfit:
        """How the file compares with what is here of a post, or why it cannot be compared."""
        keys = _key(path, kind), _key(post, kind)
        key = " ".join(keys) if all(keys) else ""
        if (known := self._known.close.get(key)) is not None:
            return known
        close = self._fitter.compare(path, post, kind)
        if key and isinstance(close, Closeness):
            self._known.close[key] = close
            self._learned()
        return close

    def _learned(self) -> None:
        self._unsaved = True
        if time.monotonic() - self._saved_at > SAVE_SECONDS:
            self._save()

    def _save(self) -> None:
        if self._unsaved:
            write_document(self._path, "looks", 1, self._known, private=True)
            self._unsaved = False
        self._saved_at = time.monotonic()


def _key(path: Path, kind: MediaKind) -> str:
    """What the file is known by; empty when it cannot be known again."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{kind}-{mark(stat)}" if stat.st_ino else ""
