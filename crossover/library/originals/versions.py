"""Which files of a camera roll are another file of it over again: the films of Live Photos, pictures
of which an edited version lies there, and the same picture twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crossover.library.unused import UnusedItem
from crossover.media.dating.dated import Recording
from crossover.media.files.copy_names import parse_copy_name
from crossover.media.files.doubles import Contents
from crossover.media.files.file_names import media_kind
from crossover.media.files.live_photos import find_live_photos
from crossover.media.fit.fitted import Unfit
from crossover.media.likeness.evidence import NewFile
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.model.posts import MediaKind

LIVE = "the film of a Live Photo, which is moved as a picture"
EDITED = "an edited version of it is here, which goes before it"


@dataclass(frozen=True, slots=True)
class Versions:
    """`first` are the files to look at. `live` are films, each with its picture; `edited` are files
    of which an edited version is here, each with that."""

    first: tuple[Path, ...]
    live: Mapping[Path, Path] = field(default_factory=dict)
    edited: Mapping[Path, Path] = field(default_factory=dict)

    def second_choice(self, tried: Collection[Path], placed: Collection[Path]) -> list[Path]:
        """The files whose edited version was `tried` in vain: it is not among those `placed`, nor
        is the file itself."""
        return [
            path
            for path, edited in self.edited.items()
            if edited in tried and edited not in placed and path not in placed
        ]


def find_versions(paths: Sequence[Path], fingerprints: FingerprintCache) -> Versions:
    """Tell the files apart that stand for others. Opens some of the films. Raises `OSError`."""

    def record(path: Path, kind: MediaKind) -> Recording | None:
        found = fingerprints.recording(path, kind)
        return None if isinstance(found, Unfit) else found

    live = find_live_photos(paths, record)
    edited = _find_edited(path for path in paths if path not in live)
    first = tuple(path for path in paths if path not in live and path not in edited)
    return Versions(first, live, edited)


def _find_edited(paths: Iterable[Path]) -> dict[Path, Path]:
    """Find the files of which an edited version lies in the same folder, each with that."""
    by_name: defaultdict[tuple[Path, str, MediaKind | None], list[Path]] = defaultdict(list)
    for path in sorted(paths):
        by_name[_name_key(path)].append(path)
    found: dict[Path, Path] = {}
    for some in by_name.values():
        edited = [path for path in some if parse_copy_name(path.stem).edited]
        found |= {path: edited[0] for path in some if edited and path not in edited}
    return found


def drop_same(
    files: Sequence[NewFile],
    contents: Contents,
    names: Mapping[Path, str],
    progress: Callable[[Path, int, int], None],
) -> tuple[list[NewFile], list[UnusedItem]]:
    """Drop the files that show the same as another one of their name, copies and other formats of
    it. `progress` is called with the first of several before they are compared, its place and how
    many times that is. Raises `OSError`."""
    by_name: defaultdict[tuple[Path, str, MediaKind | None], list[Path]] = defaultdict(list)
    for one in files:
        by_name[_name_key(one.path)].append(one.path)
    gone: dict[Path, UnusedItem] = {}
    several = [some for some in by_name.values() if len(some) > 1]
    for place, some in enumerate(several, 1):
        progress(some[0], place, len(several))
        if choice := contents.choose(some):
            for path, why in choice.others:
                gone[path] = UnusedItem(names[path], why, instead=names[choice.path])
    return [one for one in files if one.path not in gone], list(gone.values())


def _name_key(path: Path) -> tuple[Path, str, MediaKind | None]:
    return path.parent, parse_copy_name(path.stem).base.casefold(), media_kind(path)
