"""Live Photos: a picture and a film of some three seconds beside it, which are one picture.

An iPhone writes both under one name (`IMG_1234.HEIC`, `IMG_1234.MOV`) and marks the film with
`com.apple.quicktime.content.identifier` (Apple's AVFoundation names this key). Programs that copy
the two may lose the mark; then length and dates tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from crossover.media.containers.mp4_boxes import boxes_at
from crossover.media.dating.dated import Recording
from crossover.media.files.copy_names import parse_copy_name
from crossover.media.files.file_names import media_kind
from crossover.media.likeness.fingerprint import ZONE, Captured
from crossover.model.posts import MediaKind

LONGEST = 4.0
"""Seconds of a film without the mark that may belong to a Live Photo; they have about three."""
_NEAR = timedelta(minutes=1)
_MARK = b"com.apple.quicktime.content.identifier"
_MOST_READ = 65_536

Record = Callable[[Path, MediaKind], Recording | None]
"""Says when a file was made and how long it is; None where it cannot be read."""


def find_live_photos(paths: Iterable[Path], record: Record) -> dict[Path, Path]:
    """Find the films that are the moving part of a picture among these files, each with its picture.
    Opens films that have a picture's name. Raises `OSError`."""
    pictures: dict[tuple[Path, str], Path] = {}
    films: list[Path] = []
    for path in sorted(paths):
        if media_kind(path) is MediaKind.VIDEO:
            films.append(path)
        else:
            for key in _keys(path):
                pictures.setdefault(key, path)
    found: dict[Path, Path] = {}
    for film in films:
        beside = (pictures[key] for key in _keys(film) if key in pictures)
        picture = next(beside, None)
        if picture and (is_marked(film) or _are_one(film, picture, record)):
            found[film] = picture
    return found


def is_marked(film: Path) -> bool:
    """Whether a film says that it is the moving part of a Live Photo. Reads little of it. Raises
    `OSError`."""
    with film.open("rb") as file:
        whole = (0, film.stat().st_size)
        for path in ((b"moov", b"meta"), (b"moov", b"udta", b"meta")):
            for begin, end in boxes_at(file, whole, *path):
                file.seek(begin)
                if _MARK in file.read(min(end - begin, _MOST_READ)):
                    return True
    return False


def _keys(path: Path) -> Iterator[tuple[Path, str]]:
    """The name that picture and film share: exactly, or that of which both are edited versions."""
    yield path.parent, path.stem.casefold()
    yield path.parent, parse_copy_name(path.stem).base.casefold()


def _are_one(film: Path, picture: Path, record: Record) -> bool:
    filmed = record(film, MediaKind.VIDEO)
    if filmed is None or filmed.seconds is None or filmed.seconds > LONGEST:
        return False
    taken = record(picture, MediaKind.IMAGE)
    return not (filmed.captured and taken and taken.captured) or _near(
        filmed.captured, taken.captured
    )


def _near(one: Captured, other: Captured) -> bool:
    """Whether two dates are the same moment. By a clock without a zone they may be hours apart."""
    apart = abs(one.at - other.at)
    if not (one.zoned and other.zoned) and apart <= ZONE + _NEAR:
        apart %= timedelta(minutes=15)
        apart = min(apart, timedelta(minutes=15) - apart)
    return apart <= _NEAR
