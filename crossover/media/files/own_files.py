"""The files of one TikTok post: which file is taken for the video, and which for each picture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crossover.media.files.copy_names import CopyName, parse_copy_name
from crossover.model.posts import MediaKind

_NUMBER = re.compile(r"\]?[ _-]{1,3}([0-9]{1,3})")
# As gallery-dl names a picture of a post, with whatever words after it; ` (1)` alone is a copy's.
WORDED = re.compile(r"([0-9]{18,20})_([0-9]{2,3}) (?!\([0-9]+\)$)")


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The files of one TikTok post: a video, its pictures in order, or both. The kind of the post
    tells then: pictures beside a video that was made of them, or a video and its thumbnail.

    `lone_picture`: one picture without a number, which may be a photo post as well as the thumbnail
    of a video. `unclear` are files of which one is wanted, and it cannot be told which. `notes` is
    what a person should look at, as plain sentences.
    """

    tiktok_id: str
    video: Path | None = None
    pictures: tuple[Path, ...] = ()
    lone_picture: bool = False
    unclear: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Odd:
    """Files that were not taken, and why. `tiktok_id` is None where the name does not tell;
    `instead` is the file that was taken for them."""

    paths: tuple[Path, ...]
    tiktok_id: str | None
    reason: str
    instead: Path | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The one that is taken of several files that may be the same, and the others with the reason
    why not."""

    path: Path
    others: tuple[tuple[Path, str], ...]


Choose = Callable[[Sequence[Path]], Choice | None]
"""Takes one of several files of one kind that are in the same place; None where it cannot be told
which."""

SECOND_COPY = "a second copy, by its name"
THUMBNAIL = "perhaps the thumbnail of the video"
_NO_PLACE = "its name does not say which picture of the post it is"


def paths_of(own: OwnFiles) -> tuple[Path, ...]:
    """Return all files of a post: the pictures in order, the video, and those that are unclear."""
    return (*own.pictures, *([own.video] if own.video else []), *own.unclear)


@dataclass(frozen=True, slots=True)
class _Named:
    path: Path
    kind: MediaKind
    number: int | None
    is_copy: bool
    tail: str


def _named(path: Path, tiktok_id: str, kind: MediaKind) -> _Named:
    tail = path.stem.rpartition(tiktok_id)[2]
    number = WORDED.match(path.stem)
    name = CopyName(tail)
    if number is None:
        name = parse_copy_name(tail)
        number = _NUMBER.fullmatch(name.base)
    place = int(number[number.re.groups]) if number else None
    return _Named(path, kind, place, name.copy, name.base.removeprefix("]").strip())


class _Sorting:
    """Takes one file for each place of a post, and says why of every other."""

    def __init__(self, tiktok_id: str, choose: Choose) -> None:
        self.tiktok_id = tiktok_id
        self._choose = choose
        self.odd: list[Odd] = []
        self.unclear: list[Path] = []

    def leave(self, some: Iterable[_Named], reason: str) -> None:
        self.leave_paths((one.path for one in some), reason)

    def leave_paths(self, some: Iterable[Path], reason: str) -> None:
        if paths := tuple(some):
            self.odd.append(Odd(paths, self.tiktok_id, reason))

    def take(self, some: Sequence[_Named]) -> Path | None:
        """Take the one of these that are in the same place; None where there is none, or it is
        unclear which."""
        paths = [one.path for one in some]
        if len(paths) < 2:
            return paths[0] if paths else None
        choice = self._choose(paths)
        if choice is None:
            self.unclear += paths
            return None
        self.odd += [Odd((path,), self.tiktok_id, why, choice.path) for path, why in choice.others]
        return choice.path


def sort_files(
    tiktok_id: str, kinds: Mapping[Path, MediaKind], choose: Choose
) -> tuple[OwnFiles | None, list[Odd]]:
    """Find the place of each file of one TikTok id. None where no file is taken and none unclear."""
    named = [_named(path, tiktok_id, kind) for path, kind in kinds.items()]
    sorting = _Sorting(tiktok_id, choose)
    videos = [one for one in named if one.kind is MediaKind.VIDEO]
    video = sorting.take(videos)
    pictures = [one for one in named if one.kind is MediaKind.IMAGE]
    unnumbered = [one for one in pictures if one.number is None]
    places: defaultdict[int, list[_Named]] = defaultdict(list)
    for one in pictures:
        if one.number is not None:
            places[one.number].append(one)
    if places:
        sorting.leave(unnumbered, "it has no number, other pictures of this id have one")
        taken = [_take_place(places[number], sorting) for number in sorted(places)]
    else:
        worded = [one for one in unnumbered if one.tail]
        sorting.leave(worded, THUMBNAIL if videos else _NO_PLACE)
        taken = [sorting.take([one for one in unnumbered if not one.tail])]
    whole = tuple(path for path in taken if path)
    if len(whole) < len(taken):
        sorting.leave_paths(whole, "another picture of its post is unclear")
        whole = ()
    own = OwnFiles(
        tiktok_id,
        video=video,
        pictures=whole,
        lone_picture=bool(whole) and not places,
        unclear=tuple(sorting.unclear),
        notes=_gaps(sorted(places)) if whole and places else (),
    )
    return own if paths_of(own) else None, sorting.odd


def _take_place(some: Sequence[_Named], sorting: _Sorting) -> Path | None:
    """Take the picture of one number; a copy by its name only where there is no other."""
    first = [one for one in some if not one.is_copy] or some
    path = sorting.take(first)
    copies = [one for one in some if one.is_copy and one not in first]
    sorting.odd += [Odd((one.path,), sorting.tiktok_id, SECOND_COPY, path) for one in copies]
    return path


def _gaps(numbers: Sequence[int]) -> tuple[str, ...]:
    # Tools count from 0 or from 1.
    wanted = range(min(numbers[0], 1), numbers[-1] + 1)
    missing = [str(number) for number in wanted if number not in set(numbers)]
    if not missing:
        return ()
    if len(missing) > 5:
        missing = [*missing[:5], "more"]
    return (f"Pictures of this post seem to be missing: number {', '.join(missing)}.",)
