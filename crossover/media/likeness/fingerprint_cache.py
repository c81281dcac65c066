"""looks.json: what files look like, when they were made and how they compare, so that none is opened
twice for it.

A file is known again as in `checksums`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from crossover.media.dating.dated import Recording
from crossover.media.decoder.pool import DecoderPool
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.closeness import Closeness
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.model.posts import MediaKind
from crossover.storage.cache import Cache
from crossover.storage.checksums import file_key

RECIPE = 3
"""To be raised when the same files would look or compare otherwise."""
SAVE_SECONDS = 10.0
"""At most this much work is lost when the run is killed."""


ComparedFiles = tuple[Path, Path, MediaKind]
"""A file, a post's own file that it is compared with, and what both are."""

FileProgress = Callable[[Path, int, int], None]
"""Told of each file as it is begun: which, its place from 1, and how many there are."""

_Asked = TypeVar("_Asked", tuple[Path, MediaKind], ComparedFiles)


def in_silence(_: Path, __: int, ___: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class _FingerprintsDocument:
    recipe: int = RECIPE
    looks: dict[str, Fingerprint] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    close: dict[str, Closeness] = field(default_factory=dict)
    recorded: dict[str, Recording] = field(default_factory=dict)


class FingerprintCache:
    """Fingerprints of files, taken in child processes where they are not known yet. A context
    manager: its end saves, whatever ended it."""

    def __init__(self, path: Path) -> None:
        self._cache = Cache(path, "looks", _FingerprintsDocument(), save_seconds=SAVE_SECONDS)
        self._known = self._cache.content
        self._pool = DecoderPool()
        # What failed and may pass, or is of files that cannot be known again: not for a later run.
        self._fingerprints: dict[tuple[Path, MediaKind], Fingerprint | Unfit] = {}
        self._comparisons: dict[ComparedFiles, Closeness | Unfit] = {}

    def __enter__(self) -> FingerprintCache:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._pool.close(at_once=kind is not None)
        finally:
            self._cache.save()

    def take(self, files: Mapping[Path, MediaKind], begin: FileProgress = in_silence) -> None:
        """Take the fingerprints that are not known yet, several at a time, so that `of` answers at
        once. `begin` hears of each file as it is begun."""
        unknown = [one for one in files.items() if not self._answers(*one)]

        def ask(decoder: Decoder, one: tuple[Path, MediaKind], _: object) -> Fingerprint | Unfit:
            return decoder.fingerprint(*one)

        for (path, kind), found in self._pool.run(_told(unknown, begin), ask):
            self._keep_fingerprint(path, kind, found)

    def take_comparisons(
        self, pairs: Iterable[ComparedFiles], begin: FileProgress = in_silence
    ) -> None:
        """Compare the pairs that are not known yet, several at a time, so that `compare` answers
        at once. `begin` hears of each file as it is begun."""
        unknown = [
            pair
            for pair in dict.fromkeys(pairs)
            if pair not in self._comparisons and _pair_key(*pair) not in self._known.close
        ]

        def ask(decoder: Decoder, pair: ComparedFiles, _: object) -> Closeness | Unfit:
            return decoder.compare(*pair)

        for pair, close in self._pool.run(_told(unknown, begin), ask):
            self._keep_comparison(pair, close)

    def has(self, path: Path, kind: MediaKind) -> bool:
        """Whether the fingerprint, or why there is none, was kept."""
        key = _key(path, kind)
        return key in self._known.looks or key in self._known.unfit

    def of(self, path: Path, kind: MediaKind) -> Fingerprint | Unfit:
        """The fingerprint of the file, or why there is none."""
        self.take({path: kind})
        key = _key(path, kind)
        if (known := self._known.looks.get(key)) is not None:
            return known
        if (reason := self._known.unfit.get(key)) is not None:
            return Unfit(reason, lasting=True)
        return self._fingerprints[path, kind]

    def _answers(self, path: Path, kind: MediaKind) -> bool:
        return self.has(path, kind) or (path, kind) in self._fingerprints

    def _keep_fingerprint(self, path: Path, kind: MediaKind, found: Fingerprint | Unfit) -> None:
        key = _key(path, kind)
        if key and isinstance(found, Fingerprint):
            self._known.looks[key] = found
        elif not (key and isinstance(found, Unfit) and found.lasting):
            self._fingerprints[path, kind] = found
        self._keep_unfit(key, found)

    def recording(self, path: Path, kind: MediaKind) -> Recording | Unfit:
        """When the file was made, as it says itself, or why it cannot be read."""
        key = _key(path, kind)
        if (look := self._known.looks.get(key)) is not None:
            return Recording(look.captured, look.seconds)
        if (reason := self._known.unfit.get(key)) is not None:
            return Unfit(reason, lasting=True)
        if (known := self._known.recorded.get(key)) is not None:
            return known
        recording = self._pool.ask(lambda decoder: decoder.recording(path, kind))
        if key and isinstance(recording, Recording):
            self._known.recorded[key] = recording
        self._keep_unfit(key, recording)
        return recording

    def _keep_unfit(self, key: str, answer: object) -> None:
        """Keep why a file can never be read, if that is the answer; something was learnt either
        way."""
        if key and isinstance(answer, Unfit) and answer.lasting:
            self._known.unfit[key] = answer.reason
        self._cache.changed()

    def compare(self, path: Path, post: Path, kind: MediaKind) -> Closeness | Unfit:
        """Compare the file with a post's, or say why it cannot be compared."""
        pair = path, post, kind
        self.take_comparisons([pair])
        return self._known.close.get(_pair_key(*pair)) or self._comparisons[pair]

    def _keep_comparison(self, pair: ComparedFiles, close: Closeness | Unfit) -> None:
        key = _pair_key(*pair)
        if key and isinstance(close, Closeness):
            self._known.close[key] = close
            self._cache.changed()
        else:
            self._comparisons[pair] = close


def _told(some: Sequence[_Asked], begin: FileProgress) -> Iterator[_Asked]:
    """Yield them, and tell of each before."""
    for place, one in enumerate(some, 1):
        begin(one[0], place, len(some))
        yield one


def _pair_key(path: Path, post: Path, kind: MediaKind) -> str:
    """Return the key of two files; empty when one of them cannot be known again."""
    keys = _key(path, kind), _key(post, kind)
    return " ".join(keys) if all(keys) else ""


def _key(path: Path, kind: MediaKind) -> str:
    """Return the key of a file; empty when it cannot be known again."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{kind}-{file_key(stat)}" if stat.st_ino else ""
