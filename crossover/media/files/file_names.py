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

from crossover.media.files.copy_names import is_leftover
from crossover.media.files.own_files import (
    WORDED,
    Choice,
    Choose,
    Odd,
    OwnFiles,
    paths_of,
    sort_files,
)
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
_FIRST_POSSIBLE = datetime(2014, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Matched:
    """Every media file given is in `files`, `odd` or `nameless` (no id in its name); files that
    are no media are in none of them."""

    files: tuple[OwnFiles, ...]
    odd: tuple[Odd, ...]
    nameless: tuple[Path, ...]


LEFT_BEHIND = "a download left it behind beside the whole file"
SAVED_COPY = "by its name it was saved from TikTok, and may show the watermark"


def choose_by_name(paths: Sequence[Path]) -> Choice | None:
    """Take the file whose name says alone that it is the whole one, and was not saved from TikTok."""
    left: list[tuple[Path, str]] = []
    for is_worse, reason in ((is_leftover, LEFT_BEHIND), (is_saved_copy, SAVED_COPY)):
        worse = [path for path in paths if is_worse(path)]
        if len(worse) < len(paths):
            left += [(path, reason) for path in worse]
            paths = [path for path in paths if path not in worse]
    return Choice(paths[0], tuple(left)) if len(paths) == 1 else None


def match_files(
    paths: Iterable[Path], now: datetime, told: Mapping[Path, str] = MappingProxyType({})
) -> Matched:
    """Sort media files by TikTok id, oldest id first. Looks at names only, opens nothing.

    `now` bounds what counts as an id: the time in its upper 32 bits lies between 2014 and
    tomorrow. `told` are the ids of files whose names have none, as what lies beside them says.
    """
    groups: dict[str, dict[Path, MediaKind]] = {}
    odd: list[Odd] = []
    nameless: list[Path] = []
    for path in sorted(set(paths)):
        kind = media_kind(path)
        if kind is None:
            continue
        ids = find_ids(path.stem, now)
        if kind is MediaKind.IMAGE and (worded := WORDED.match(path.stem)):
            ids = tuple(one for one in ids if one == worded[1])
        if not ids and path in told:
            ids = (told[path],)
        if not ids:
            nameless.append(path)
        elif len(ids) > 1:
            odd.append(Odd((path,), None, "its name holds more than one TikTok id"))
        else:
            groups.setdefault(ids[0], {})[path] = kind
    files: list[OwnFiles] = []
    for tiktok_id in sorted(groups, key=int):
        own, unused = sort_files(tiktok_id, groups[tiktok_id], choose_by_name)
        files += [own] if own else []
        odd += unused
    return Matched(tuple(files), tuple(odd), tuple(nameless))


def sort_unclear(matched: Matched, choose: Choose) -> Matched:
    """Sort the files of those posts anew whose names do not tell which of several are to be taken."""
    files: list[OwnFiles] = []
    odd = list(matched.odd)
    for own in matched.files:
        sorted_own: OwnFiles | None = own
        if own.unclear:
            mine = [one for one in odd if one.tiktok_id == own.tiktok_id]
            paths = sorted({*paths_of(own), *(path for one in mine for path in one.paths)})
            kinds = {path: kind for path in paths if (kind := media_kind(path))}
            sorted_own, unused = sort_files(own.tiktok_id, kinds, choose)
            odd = [one for one in odd if one.tiktok_id != own.tiktok_id] + unused
        files += [sorted_own] if sorted_own else []
    return Matched(tuple(files), tuple(odd), matched.nameless)


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
