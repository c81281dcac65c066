"""Caches: documents of which nothing is lost but time. What cannot be used is empty, and made
anew."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from crossover.errors import CrossoverError
from crossover.storage.documents import read_document, write_document

T = TypeVar("T")

_VERSION = 1
SHARE = 20
"""As many times as long as saving takes is worked before it is saved again."""


def read_cache(path: Path, name: str, kind: type[T], *, recipe: object = None) -> T | None:
    """Read a cache; None where there is none, and where it is damaged, newer, or of
    another `recipe` than this (its field of that name, where it has one)."""
    with suppress(CrossoverError):
        content = read_document(path, name, _VERSION, kind)
        if getattr(content, "recipe", None) == recipe:
            return content
    return None


def write_cache(path: Path, name: str, content: object) -> None:
    """Write it. Raises what `write_document` raises."""
    write_document(path, name, _VERSION, content)


class Cache(Generic[T]):
    """A cache that is saved on the way: at most `save_seconds` of work are lost when the run is
    killed, or more where saving would take a twentieth of the time. Its `content` is changed in
    place; call `save` at the end, whatever ended it."""

    def __init__(self, path: Path, name: str, empty: T, *, save_seconds: float) -> None:
        recipe = getattr(empty, "recipe", None)
        self.content = read_cache(path, name, type(empty), recipe=recipe) or empty
        self._path = path
        self._name = name
        self._save_seconds = save_seconds
        self._unsaved = False
        self._saved_at = time.monotonic()
        self._saving_took = 0.0

    def changed(self) -> None:
        """Its content has changed: it is saved, now or later."""
        self._unsaved = True
        wait = max(self._save_seconds, SHARE * self._saving_took)
        if time.monotonic() - self._saved_at > wait:
            self.save()

    def save(self) -> None:
        """Write what was not saved yet. Raises what `write_document` raises."""
        began = time.monotonic()
        if self._unsaved:
            write_cache(self._path, self._name, self.content)
            self._unsaved = False
        self._saved_at = time.monotonic()
        self._saving_took = self._saved_at - began
