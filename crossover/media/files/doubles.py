"""Which of several files is taken that may be the same video or picture, told by what is in them.

The same bytes count once. Of others, one that can be read goes before one that cannot; a whole one
before what yt-dlp left behind; one of the creator's own before one that was saved from TikTok, by
its name. Those that are left are compared from end to end: where nothing differs, the one with sound,
with more pixels, with more bytes is taken. Where something does, the creator is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crossover.media.files.copy_names import is_leftover, parse_copy_name
from crossover.media.files.file_names import choose_by_name, is_saved_copy, media_kind
from crossover.media.files.own_files import Choice
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.closeness import differences
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.posts import MediaKind
from crossover.storage.checksums import Checksums

SAME_FILE = "the same file as another one"
SAME_CONTENT = "the same as another one, which has as many pixels or more"
NO_SOUND = "the same as another one, without its sound"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is known of the files' content: checksums, fingerprints and comparisons, each taken once."""

    checksums: Checksums
    fingerprints: FingerprintCache

    def choose(self, paths: Sequence[Path]) -> Choice | None:
        """Take one of several files of one kind; None where the creator has to. Raises `OSError`."""
        left: list[tuple[Path, str]] = []
        for same in self.find_equal(paths):
            left += [(path, SAME_FILE) for path in same[1:]]
        paths = _without(paths, left)
        if len(paths) > 1:
            left += self._unreadable(paths)
            paths = _without(paths, left)
        if len(paths) > 1 and (by_name := choose_by_name(paths)):
            left += by_name.others
            paths = [by_name.path]
        if len(paths) > 1:
            found = self._compare(paths)
            if found is None:
                return None
            left += found.others
            paths = [found.path]
        return Choice(paths[0], tuple(left))

    def find_equal(self, paths: Iterable[Path]) -> list[list[Path]]:
        """Group the files that have the same bytes, the one with the plainest name first."""
        by_size: defaultdict[int, list[Path]] = defaultdict(list)
        for path in paths:
            by_size[path.stat().st_size].append(path)
        equal: defaultdict[tuple[int, str], list[Path]] = defaultdict(list)
        for size, some in by_size.items():
            for path in some:
                equal[size, self.checksums.of(path) if len(some) > 1 else ""].append(path)
        return [sorted(same, key=how_plain) for same in equal.values() if len(same) > 1]

    def is_same(self, one: Path, other: Path) -> bool:
        """Whether two files of one kind show, and let hear, the same."""
        larger, smaller = sorted((one, other), key=self._size, reverse=True)
        return self._better(larger, smaller) is not None

    def _unreadable(self, paths: Iterable[Path]) -> list[tuple[Path, str]]:
        """Find those that cannot be read, unless that is all of them."""
        unfit = [
            (path, found.reason)
            for path in paths
            if isinstance(found := self._fingerprint(path), Unfit)
        ]
        return unfit if len(unfit) < len(list(paths)) else []

    def _compare(self, paths: Sequence[Path]) -> Choice | None:
        best, *others = sorted(paths, key=self._size, reverse=True)
        left: list[tuple[Path, str]] = []
        for other in others:
            better = self._better(best, other)
            if better is None:
                return None
            left.append((other, SAME_CONTENT) if better == best else (best, NO_SOUND))
            best = better
        return Choice(best, tuple(left))

    def _better(self, one: Path, other: Path) -> Path | None:
        """The better one of two files that show the same, the first of which is no smaller: that,
        unless the other alone has sound. None where they differ, or cannot be compared."""
        close = self.fingerprints.compare(one, other, _kind(one))
        if isinstance(close, Unfit) or differences(replace(close, heard=None)):
            return None
        heard = close.heard
        if heard and heard.mine != heard.theirs:
            return one if heard.mine else other
        return None if differences(close) else one

    def _fingerprint(self, path: Path) -> Fingerprint | Unfit:
        return self.fingerprints.of(path, _kind(path))

    def _size(self, path: Path) -> tuple[int, int]:
        found = self._fingerprint(path)
        pixels = 0 if isinstance(found, Unfit) else found.width * found.height
        return pixels, path.stat().st_size


def _without(paths: Sequence[Path], left: Iterable[tuple[Path, str]]) -> list[Path]:
    gone = {path for path, _ in left}
    return [path for path in paths if path not in gone]


def how_plain(path: Path) -> tuple[bool, bool, bool, int, int, str]:
    """Sort first what is most likely the name that the file had in the beginning."""
    copy = parse_copy_name(path.stem).copy
    return is_leftover(path), is_saved_copy(path), copy, len(path.name), len(path.parts), str(path)


def _kind(path: Path) -> MediaKind:
    return media_kind(path) or MediaKind.IMAGE
