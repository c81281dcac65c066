"""`ready/origins.json`: of which file each result was made, for good. What went out is known by the
checksum of its result, and results of another crossover or another rule differ from those of now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.media.fit.fitted import Fitted, FittedPicture, FittedVideo
from crossover.media.fit.ready_index import FOLDER
from crossover.model.posts import MediaKind
from crossover.storage.cache import read_cache, write_cache
from crossover.storage.documents import read_document


@dataclass(frozen=True, slots=True)
class _Origins:
    """The sha256 of the source, by that of the result."""

    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Result:
    sha256: str


@dataclass(frozen=True, slots=True)
class _OldPicture:
    fitted: _Result


@dataclass(frozen=True, slots=True)
class _OldIndex:
    """What is read of the `ready/index.json` of a crossover that kept no origins."""

    recipe: str
    pictures: dict[str, _OldPicture] = field(default_factory=dict)


class Origins:
    """The origins of a workspace's results. To be made before its files are made fit: that writes
    the index anew, from which older ones are taken. Raises what `write_document` raises."""

    def __init__(self, root: Path) -> None:
        self._path = root / FOLDER / "origins.json"
        kept = read_cache(self._path, "origins", _Origins)
        self._sources = kept.sources if kept else {}
        if kept is None:
            self._add(dict(_read_old(root / FOLDER / "index.json")))

    def of(self, sha256: str) -> str:
        """The sha256 of the source of that result; what was sent as it was given is its own."""
        return self._sources.get(sha256, sha256)

    def add(self, fitted: Mapping[tuple[str, MediaKind], Fitted]) -> dict[str, str]:
        """Keep of what these results were made, and return what each source is sent as now."""
        now = {source: sha for (source, _), made in fitted.items() if (sha := _sent(source, made))}
        self._add({result: source for source, result in now.items() if result != source})
        return now

    def _add(self, sources: dict[str, str]) -> None:
        if not sources.items() <= self._sources.items():
            self._sources |= sources
            write_cache(self._path, "origins", _Origins(self._sources))


def _sent(source: str, made: Fitted) -> str | None:
    match made:
        case FittedPicture():
            return made.sha256
        case FittedVideo():
            return made.sent.sha256 if made.sent else source
        case _:
            return None


def _read_old(index: Path) -> Iterator[tuple[str, str]]:
    with suppress(CrossoverError):
        for source, picture in read_document(index, "ready", 1, _OldIndex).pictures.items():
            yield picture.fitted.sha256, source
