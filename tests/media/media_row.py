"""A row of the media table: a kind of file, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.media import made_films as films
from tests.media import made_pictures as pictures
from tests.media.made_pictures import FOUR, Colour


@dataclass(frozen=True)
class Jpeg:
    """An upright JPEG without metadata.

    `says`: a word of each change, in any order. `within`: how far colours may be off, of 255;
    `exact`: no pixel may be. `place`: it is told that the file said where it was made. `missing`:
    the creator is asked, because a part of the picture is not there.
    """

    says: tuple[str, ...] = ()
    size: tuple[int, int] = (pictures.WIDTH, pictures.HEIGHT)
    corners: tuple[Colour, ...] = FOUR
    within: int = 2
    exact: bool = False
    place: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Kept:
    """The file itself goes out."""

    size: tuple[int, int] = (films.WIDTH, films.HEIGHT)
    corners: tuple[Colour, ...] = FOUR


@dataclass(frozen=True)
class Remuxed(Kept):
    """The same pictures and sound, byte for byte, in a new MP4."""


@dataclass(frozen=True)
class Converted(Kept):
    """H.264 and AAC in a new MP4. `within`: how far colours may be off, of 255; `rate`: frames a
    second, at most."""

    within: int = 4
    rate: float = 60.0
    seconds: float = films.SECONDS


@dataclass(frozen=True)
class Refused:
    """It stays behind, and this is said."""

    says: str


Outcome = Jpeg | Kept | Remuxed | Converted | Refused


@dataclass(frozen=True)
class MediaRow:
    """A kind of file: its name, the name of a file of it, how to make one, what comes of it.

    `sound` is whether the source has any; `complete` rows are tried with `--complete` only.
    """

    name: str
    file: str
    make: Callable[[Path], None]
    outcome: Outcome
    sound: bool = True
    complete: bool = False
