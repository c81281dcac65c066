"""looks.json: what files look like, when they were made and how they compare, so that none is opened
twice for it.

A file is known again as in `checksums`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from crossover.media.dating.dated import Recording
from crossover.media.decoder.process import Decoder
from crossover.media.fitted import Unfit
from crossover.media.likeness.closeness import Closeness
from crossover.media.likeness.fingerprint import Fingerprint
from crossover.model.posts import MediaKind
from crossover.storage.cache import Cache
from crossover.storage.checksums import file_key

RECIPE = 3
"""To be raised when the same files would look or compare otherwise."""
SAVE_SECONDS = 10.0
"""At most this much work is lost when the run is killed."""


@dataclass(frozen=True, slots=True)
class _FingerprintsDocument:
    recipe: int = RECIPE
    looks: dict[str, Fingerprint] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    close: dict[str, Closeness] = field(default_factory=dict)
    recorded: dict[str, Recording] = field(default_factory=dict)


class FingerprintCache:
    """Fingerprints of files, taken in a child process where they are not known yet. A context
    manager: its end saves, whatever ended it."""

    def __init__(self, path: Path) -> None:
        self._cache = Cache(path, "looks", _FingerprintsDocument(), save_seconds=SAVE_SECONDS)
        self._known = self._cache.content
        self._decoder = Decoder()

    def __enter__(self) -> FingerprintCache:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._decoder.close()
        finally:
            self._cache.save()

    def has(self, path: Path, kind: MediaKind) -> bool:
        """Whether `of` answers at once."""
        key = _key(path, kind)
        return key in self._known.looks or key in self._known.unfit

    def of(self, path: Path, kind: MediaKind) -> Fingerprint | Unfit:
        """The fingerprint of the file, or why there is none."""
        key = _key(path, kind)
        if (known := self._known.looks.get(key)) is not None:
            return known
        if (reason := self._known.unfit.get(key)) is not None:
            return Unfit(reason, lasting=True)
        fingerprint = self._decoder.fingerprint(path, kind)
        if key and isinstance(fingerprint, Fingerprint):
            self._known.looks[key] = fingerprint
        self._keep_unfit(key, fingerprint)
        return fingerprint

    def recording(self, path: Path, kind: MediaKind) -> Recording | Unfit:
        """When the file was made, as it says itself, or why it cannot be read."""
        key = _key(path, kind)
        if (look := self._known.looks.get(key)) is not None:
            return Recording(look.captured, look.seconds)
        if (reason := self._known.unfit.get(key)) is not None:
            return Unfit(reason, lasting=True)
        if (known := self._known.recorded.get(key)) is not None:
            return known
        recording = self._decoder.recording(path, kind)
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
        keys = _key(path, kind), _key(post, kind)
        key = " ".join(keys) if all(keys) else ""
        if (known := self._known.close.get(key)) is not None:
            return known
        close = self._decoder.compare(path, post, kind)
        if key and isinstance(close, Closeness):
            self._known.close[key] = close
            self._cache.changed()
        return close


def _key(path: Path, kind: MediaKind) -> str:
    """Return the key of a file; empty when it cannot be known again."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{kind}-{file_key(stat)}" if stat.st_ino else ""
