"""`ready/index.json`: what was made fit, by content and recipe, so that nothing is done twice.

Results of several recipes stand side by side: a rule that is set back costs nothing.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from crossover import __version__
from crossover.media.fit.fitted import Unfit
from crossover.storage.cache import Cache
from crossover.storage.checksums import Checksums
from crossover.storage.documents import from_builtins, to_builtins

FOLDER = "ready"
SAVE_SECONDS = 0.25
"""At most this much work is lost when the run is killed."""
KEPT_RECIPES = 4
"""So many results of a kind are kept for each content: a rule that is set back costs nothing, and
those of rules long gone do not fill the disk."""
_LAYOUT = 2


class MadeFile(Protocol):
    """A file in `ready/`. `path` is relative to the workspace and uses `/`."""

    @property
    def path(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def bytes(self) -> int: ...


class FitResult(Protocol):
    """A value, and the files that were made with it."""

    @property
    def files(self) -> tuple[MadeFile, ...]: ...


R = TypeVar("R", bound=FitResult)


@dataclass(frozen=True, slots=True)
class _KeptFile:
    path: str
    sha256: str
    bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """A result as JSON holds it, and its files as they were made."""

    result: object
    files: tuple[_KeptFile, ...] = ()


@dataclass(slots=True)
class _ReadyDocument:
    """By content and recipe. `unfit` is what `crossover` of that version cannot make fit."""

    recipe: int = _LAYOUT
    crossover: str = __version__
    made: dict[str, _Kept] = field(default_factory=dict)
    unfit: dict[str, Unfit] = field(default_factory=dict)


_OUR_NAME = re.compile(r"[0-9a-f]{16}[-.]")
"""How names of results begin: with their content."""


def key_of(what: str, sha256: str, recipe: str) -> str:
    """Name a result in the index: what is made, of which content, by which recipe."""
    return f"{what} {sha256} {recipe}"


class ReadyIndex:
    """The index of the workspace `root`. A context manager: its end saves, whatever ended it."""

    def __init__(self, root: Path, checksums: Checksums) -> None:
        self._root = root
        self._checksums = checksums
        self._cache = Cache(
            root / FOLDER / "index.json", "ready", _ReadyDocument(), save_seconds=SAVE_SECONDS
        )
        self._known = self._cache.content
        if self._known.crossover != __version__:  # another one may read what that could not
            self._known.crossover, self._known.unfit = __version__, {}

    def __enter__(self) -> ReadyIndex:
        return self

    def __exit__(self, *_: object) -> None:
        self._cache.save()

    def get(self, key: str, kind: type[R]) -> R | Unfit | None:
        """The result that was put there, if its files are still those that were made."""
        if (unfit := self._known.unfit.get(key)) is not None:
            return unfit
        kept = self._known.made.get(key)
        if kept is None or not all(self._stands(file) for file in kept.files):
            return None
        try:
            return from_builtins(kept.result, kind)
        except ValueError:
            return None

    def results(self, what: str, kind: type[R]) -> Iterator[R]:
        """All results of this name whose files stand, of whatever content and recipe."""
        for key in list(self._known.made):
            if key.startswith(f"{what} ") and isinstance(found := self.get(key, kind), kind):
                yield found

    def put(self, key: str, result: FitResult | Unfit) -> None:
        """Remember a result. A failure that may pass is not kept: the next call tries again."""
        if isinstance(result, Unfit):
            if not result.lasting:
                return
            self._known.unfit[key] = result
        else:
            files = tuple(self._keep(file) for file in result.files)
            self._known.made[key] = _Kept(to_builtins(result), files)
        self._cache.changed()

    def sweep(self, contents: Collection[str], in_use: Collection[str]) -> None:
        """Forget what was made of other contents (sha256) than these, and of each of these all but
        the newest results of a kind, and remove the files in `ready/` that no result has. What is
        `in_use`, paths as in results, stays, as does every file whose name is none of ours."""
        newer: Counter[str] = Counter()
        for key in reversed(list(self._known.made)):
            what, content, _ = key.split(" ")
            is_used = any(file.path in in_use for file in self._known.made[key].files)
            newer[f"{what} {content}"] += 1
            too_old = newer[f"{what} {content}"] > KEPT_RECIPES and not is_used
            if content not in contents or too_old:
                del self._known.made[key]
                self._cache.changed()
        for key in [key for key in self._known.unfit if key.split(" ")[1] not in contents]:
            del self._known.unfit[key]
            self._cache.changed()
        kept = {file.path for made in self._known.made.values() for file in made.files}
        with suppress(OSError), os.scandir(self._root / FOLDER) as listed:
            for entry in listed:
                path = f"{FOLDER}/{entry.name}"
                if _OUR_NAME.match(entry.name) and path not in kept and path not in in_use:
                    with suppress(OSError):  # the next sweep has it again
                        (self._root / path).unlink()

    def _keep(self, made: MadeFile) -> _KeptFile:
        stat = (self._root / made.path).stat()
        return _KeptFile(made.path, made.sha256, made.bytes, stat.st_mtime_ns)

    def _stands(self, made: _KeptFile) -> bool:
        try:
            stat = os.stat(f"{self._root}/{made.path}")  # noqa: PTH116  joining takes longer
        except OSError:
            return False
        same = stat.st_size == made.bytes and stat.st_mtime_ns == made.mtime_ns
        return same and not self._checksums.differs(stat, made.sha256)
