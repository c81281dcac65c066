"""What making a file fit gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crossover.media.containers.video_coding import VideoCoding
from crossover.model.notes import Cover
from crossover.model.watermark import MarkedFrame, Watermark

METADATA = "metadata removed"
"""The change of a picture that had words in its file which are not sent."""


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small JPEG of a picture or video, for previews; never sent. `path` is relative to the
    workspace and uses `/`."""

    path: str
    sha256: str
    bytes: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class AnimatedVideo:
    """A silent MP4 of an animated picture, which was played for so many `rounds`. `path` is relative
    to the workspace and uses `/`; pixels, seconds."""

    path: str
    sha256: str
    bytes: int
    width: int
    height: int
    duration: float
    rounds: int


def thumbnail_path(path: str) -> str:
    """Where the thumbnail of a made picture or cover lies, if it has one."""
    return path.removesuffix(".jpg") + "-small.jpg"


@dataclass(frozen=True, slots=True)
class FittedPicture:
    """A picture as it will be sent: a JPEG, upright, sRGB, without metadata.

    `path` is relative to the workspace and uses `/`; `changes` says what differs from the source,
    in words that go on from "3 of 5 pictures", and `details` what more there is to say of some.
    `place`: the metadata told where it was taken. `missing` is what a file lacks whose end was cut
    off, empty for a whole one. `moves`: the source is an animation; `animation` is its video, where
    the rule `animated` wants one.
    """

    path: str
    sha256: str
    bytes: int
    width: int
    height: int
    changes: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    place: bool = False
    missing: str = ""
    thumbnail: Thumbnail | None = None
    moves: bool = False
    animation: AnimatedVideo | None = None

    @property
    def files(self) -> tuple[FittedPicture | Thumbnail | AnimatedVideo, ...]:
        """What was made for it in `ready/`."""
        return (self, *(one for one in (self.thumbnail, self.animation) if one))


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a video's file holds nothing but zeros: this share of the film (up to 1), from
    `begin` seconds on where that can be told."""

    share: float
    begin: float | None


class How(StrEnum):
    """How a video that goes out came of its source."""

    REMUXED = "remuxed"
    """Film and sound are the source's, bit for bit."""
    CONVERTED = "converted"
    """The picture, the sound or both were coded anew."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """About how many seconds of work a conversion takes, and how many bytes come of it."""

    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class SentVideo:
    """The MP4 that goes out where it is not the source itself.

    `path` is relative to the workspace and uses `/`. Pixels are as stored, before any turn;
    `frames` are its pictures, `duration` is seconds, and `took` how many it took to convert.
    """

    path: str
    sha256: str
    bytes: int
    width: int
    height: int
    duration: float
    how: How
    frames: int
    took: float = 0.0

    @property
    def files(self) -> tuple[SentVideo, ...]:
        """What was made for it in `ready/`."""
        return (self,)


@dataclass(frozen=True, slots=True)
class CoverWish:
    """A cover that a video is to have other than the one found in it: the frame at `seconds`, or the
    picture in a file, a path from the workspace or a whole one. `tiktok`: it is the one it had there,
    and counts only where it is of this video."""

    seconds: float | None = None
    picture: str = ""
    tiktok: bool = False


@dataclass(frozen=True, slots=True)
class OwnCover:
    """A cover that was made as wished. `at` is the second of the frame that it shows, None where it is
    the picture itself; `cover` is None where it could not be made, and `problem` says why."""

    wish: CoverWish
    cover: Cover | None
    thumbnail: Thumbnail | None = None
    at: float | None = None
    problem: str = ""

    @property
    def files(self) -> tuple[Cover | Thumbnail, ...]:
        """What was made for it in `ready/`."""
        return tuple(made for made in (self.cover, self.thumbnail) if made)


@dataclass(frozen=True, slots=True)
class StripFrame:
    """A small frame of a video, shown at this second: the file of this name in its folder."""

    seconds: float
    name: str


@dataclass(frozen=True, slots=True)
class FilmStrip:
    """Small frames from all over a video, in order, to choose a cover from."""

    frames: tuple[StripFrame, ...]


@dataclass(frozen=True, slots=True)
class FittedVideo:
    """What a video is, and what goes out.

    Pixels are as displayed (turned, square), `duration` and `cover_at` are seconds. `cover` is None
    where the video is far too small for one; `own_covers` are those that were wished for. `gap` is
    what of the film is missing in the file. `sent` is None where the source itself goes out.
    `undecided` is what converting it would take, while the creator has not said whether it is.
    `watermark` is None where none was seen, or looked for.
    """

    width: int
    height: int
    duration: float | None
    coding: VideoCoding
    cover: Cover | None
    cover_at: float | None
    gap: Gap | None = None
    sent: SentVideo | None = None
    thumbnail: Thumbnail | None = None
    own_covers: tuple[OwnCover, ...] = ()
    undecided: Estimate | None = None
    watermark: Watermark | None = None

    @property
    def files(self) -> tuple[Cover | Thumbnail, ...]:
        """What was made for it in `ready/`."""
        return tuple(made for made in (self.cover, self.thumbnail) if made)

    def own_cover(self, wish: CoverWish | None) -> OwnCover | None:
        """The cover made as wished; without a wish the one that the video had on TikTok, if it is
        here."""
        own = (one for one in self.own_covers if (one.wish == wish if wish else one.wish.tiktok))
        return next(own, None)


@dataclass(frozen=True, slots=True)
class WatermarkLook:
    """What a look for TikTok's watermark gave; None where nothing speaks for one."""

    watermark: Watermark | None

    @property
    def files(self) -> tuple[MarkedFrame, ...]:
        """What was made for it in `ready/`."""
        return (self.watermark.evidence,) if self.watermark else ()


@dataclass(frozen=True, slots=True)
class Unfit:
    """This file cannot be sent; the reason is shown to the creator, and `advice`, what they can do
    (empty: what can always be done). `lasting`: it lies in the file itself, which would fail again."""

    reason: str
    lasting: bool = False
    advice: str = ""


Fitted = FittedPicture | FittedVideo | Unfit
