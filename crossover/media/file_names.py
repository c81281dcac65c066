"""The creator's own media files, sorted by the TikTok id in their names.

Names as yt-dlp and its kin give them: `Title [7312….].mp4`, `7312….mp4`, pictures `7312…._1.jpg`
and on; as gallery-dl gives them: `7312…._01 Title [its key].jpg`. Nothing is chosen in silence: what is odd comes back with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from crossover.model.posts import MediaKind, UnmovedFormat

VIDEO_SUFFIXES = frozenset(
    {
        *(".mp4", ".m4v", ".mov", ".qt", ".webm", ".mkv", ".avi", ".wmv", ".flv", ".3gp", ".3g2"),
        *(".mpg", ".mpeg", ".ts", ".mts", ".m2ts"),
    }
)
# Chrome on Windows saves JPEG as `.jfif`; `.jpe` is the third ending that Windows knows for it.
IMAGE_SUFFIXES = frozenset(
    {
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".heics", ".avif"),
        *(".gif", ".bmp", ".tif", ".tiff"),
    }
)
# Apple, Adobe; Canon, Nikon, Sony, Fujifilm, Olympus, Panasonic, Pentax, Samsung.
_RAW = (".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".pef", ".srw")
UNMOVED = MappingProxyType({".jxl": UnmovedFormat.JPEG_XL} | dict.fromkeys(_RAW, UnmovedFormat.RAW))
"""The formats of pictures that are not moved, by the name's ending."""
SOUND_SUFFIXES = frozenset({".mp3", ".m4a", ".aac", ".ogg", ".opus", ".wav"})

_ID = re.compile(r"(?<![0-9])[0-9]{18,20}(?![0-9])")
# As such files are called in public places: `ssstik.io_@name_17….mp4`, `snaptik_73….mp4`,
# `Snaptik.app_73….mp4`, `Tikmate.online_71….mp4`.
_SAVED = re.compile(r"(ssstik|snaptik|tikmate|tiktok)(?![a-z])", re.IGNORECASE)
_NUMBER = re.compile(r"\]?[ _-]{1,3}([0-9]{1,3})")
# As gallery-dl names a picture of a post, with whatever words after it; ` (1)` alone is a copy's.
_WORDED = re.compile(r"([0-9]{18,20})_([0-9]{2,3}) (?!\([0-9]+\)$)")
_FIRST_POSSIBLE = datetime(2014, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The files of one TikTok post: a video, or its pictures in order.

    `lone_picture`: one picture without a number and no video, which may be a photo post as well
    as the thumbnail of a video. `notes` is what a person should look at, as plain sentences.
    """

    tiktok_id: str
    video: Path | None = None
    pictures: tuple[Path, ...] = ()
    lone_picture: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Odd:
    """Files that were not taken, and why. `tiktok_id` is None where the name does not tell."""

    paths: tuple[Path, ...]
    tiktok_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Matched:
    """Every media file given is in `files`, `odd` or `nameless` (no id in its name); files that
    are no media are in none of them."""

    files: tuple[OwnFiles, ...]
    odd: tuple[Odd, ...]
    nameless: tuple[Path, ...]


def match_files(
    paths: Iterable[Path], now: datetime, told: Mapping[Path, str] = MappingProxyType({})
) -> Matched:
    """Sort media files by TikTok id, oldest id first. Looks at names only, opens nothing.

    `now` bounds what counts as an id: the time in its upper 32 bits lies between 2014 and
    tomorrow. `told` are the ids of files whose names have none, as what lies beside them says.
    """
    groups: dict[str, list[_Named]] = {}
    odd: list[Odd] = []
    nameless: list[Path] = []
    for path in sorted(set(paths)):
        kind = media_kind(path)
        if kind is None:
            continue
        ids = find_ids(path.stem, now)
        if kind is MediaKind.IMAGE and (worded := _WORDED.match(path.stem)):
            ids = tuple(one for one in ids if one == worded[1])
        if not ids and path in told:
            ids = (told[path],)
        if not ids:
            nameless.append(path)
        elif len(ids) > 1:
            odd.append(Odd((path,), None, "its name holds more than one TikTok id"))
        else:
            groups.setdefault(ids[0], []).append(_named(path, ids[0], kind))
    files: list[OwnFiles] = []
    for tiktok_id in sorted(groups, key=int):
        taken, unused = _sort_group(tiktok_id, groups[tiktok_id])
        files += taken
        odd += unused
    return Matched(tuple(files), tuple(odd), tuple(nameless))


def media_kind(path: Path) -> MediaKind | None:
    """Video, image or neither, by the name's ending."""
    if path.name.startswith("."):
        return None
    suffix = path.suffix.lower()
    if suffix in VIDEO_SUFFIXES:
        return MediaKind.VIDEO
    return MediaKind.IMAGE if suffix in IMAGE_SUFFIXES else None


def why_unmoved(path: Path) -> str | None:
    """Why a picture of this name is not moved, and what to do, as words after its name; None where
    it may be moved, or is no picture."""
    form = UNMOVED.get(path.suffix.lower())
    return f"it is a {form} picture, which is not moved: export it as JPEG" if form else None


def is_saved_copy(path: Path) -> bool:
    """Whether the name says that it was saved from TikTok: it may show the watermark then."""
    return bool(_SAVED.match(path.name))


def find_ids(name: str, now: datetime) -> tuple[str, ...]:
    """The TikTok ids in a file's name: 18 to 20 digits that hold a possible time."""
    first = int(_FIRST_POSSIBLE.timestamp())
    last = int((now + timedelta(days=1)).timestamp())
    found = dict.fromkeys(_ID.findall(name))
    return tuple(digits for digits in found if first <= int(digits) >> 32 <= last)


@dataclass(frozen=True, slots=True)
class _Named:
    path: Path
    kind: MediaKind
    number: int | None
    tail: str


def _named(path: Path, tiktok_id: str, kind: MediaKind) -> _Named:
    tail = path.stem.rpartition(tiktok_id)[2]
    number = _WORDED.match(path.stem) or _NUMBER.fullmatch(tail)
    return _Named(
        path,
        kind,
        int(number[number.re.groups]) if number else None,
        tail.removeprefix("]").strip(),
    )


def _sort_group(tiktok_id: str, named: Sequence[_Named]) -> tuple[list[OwnFiles], list[Odd]]:
    videos = [one for one in named if one.kind is MediaKind.VIDEO]
    numbered = [one for one in named if one.kind is MediaKind.IMAGE and one.number is not None]
    unnumbered = [one for one in named if one.kind is MediaKind.IMAGE and one.number is None]

    def odd(some: Sequence[_Named], reason: str) -> Odd:
        return Odd(tuple(one.path for one in some), tiktok_id, reason)

    if len(videos) > 1:
        reason = f"{len(videos)} videos have this id; keep the one to move"
        return [], [odd(named, reason)]
    if videos and numbered:
        return [], [odd(named, "a video and numbered pictures have this id; keep one kind")]
    if videos:
        unused = [odd(unnumbered, "perhaps the thumbnail of the video")] if unnumbered else []
        return [OwnFiles(tiktok_id, video=videos[0].path)], unused
    if not numbered:
        return _unnumbered(tiktok_id, unnumbered)
    unused = (
        [odd(unnumbered, "it has no number, other pictures of this id have one")]
        if unnumbered
        else []
    )
    ordered = sorted(numbered, key=lambda one: one.number or 0)
    numbers = [one.number or 0 for one in ordered]
    if len(set(numbers)) < len(numbers):
        return [], [odd(ordered, "two pictures of this id have the same number"), *unused]
    pictures = tuple(one.path for one in ordered)
    return [OwnFiles(tiktok_id, pictures=pictures, notes=_gaps(numbers))], unused


def _unnumbered(tiktok_id: str, pictures: Sequence[_Named]) -> tuple[list[OwnFiles], list[Odd]]:
    paths = tuple(one.path for one in pictures)
    if len(pictures) > 1:
        reason = "several pictures have this id and no number; their order is not known"
        return [], [Odd(paths, tiktok_id, reason)]
    if pictures[0].tail:
        return [], [Odd(paths, tiktok_id, "its name does not say which picture of the post it is")]
    return [OwnFiles(tiktok_id, pictures=paths, lone_picture=True)], []


def _gaps(numbers: Sequence[int]) -> tuple[str, ...]:
    # Tools count from 0 or from 1.
    wanted = range(min(numbers[0], 1), numbers[-1] + 1)
    missing = [str(number) for number in wanted if number not in set(numbers)]
    if not missing:
        return ()
    if len(missing) > 5:
        missing = [*missing[:5], "more"]
    return (f"Pictures of this post seem to be missing: number {', '.join(missing)}.",)


def paths_of(own: OwnFiles) -> tuple[Path, ...]:
    """Return the pictures in order, or the video."""
    return own.pictures or ((own.video,) if own.video else ())
