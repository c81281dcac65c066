"""What a video or picture looks like, in a few hundred bytes, and how alike two of them are.

A `Fingerprint` is taken by the child process (`decoder.fingerprints`); here it is only compared.
Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from itertools import chain, pairwise
from math import sqrt
from operator import mul, sub
from statistics import median

SIDE = 16
"""A frame is kept as SIDE × SIDE mean brightnesses, whatever its shape."""
SAME_LENGTH = 0.3
"""Seconds that two copies of one video may differ in length: the sound is padded anew."""
SAME_SHAPE = 0.04
"""How much width : height may differ between copies, by rounding to even sizes."""
ZONE = timedelta(hours=14)
"""How far a clock without a zone may be ahead of UTC."""
FIRST_CAMERA = 1990
"""Dates before are the zero of some clock (1904, 1970), not a time of capture."""

FOUND = 0.8
"""Likeness from which a frame counts as found in another video."""

_ROUGHLY = 170
"""Of 480 directions: those of unrelated pictures differ in half, on average."""
_STRANGE = 0.25
"""Likeness under which nobody would think of the same picture."""
_FEWEST_FRAMES = 4
_BLANK = 40.0
_STILL = 2.0


@dataclass(frozen=True, slots=True)
class Captured:
    """When it was filmed or taken, as the file says. `zoned`: the file says in which zone too;
    else it may be the camera's own clock, up to 14 hours off."""

    at: datetime
    zoned: bool

    def surely_after(self, moment: datetime) -> bool:
        return self.at - (timedelta(0) if self.zoned else ZONE) > moment


@dataclass(frozen=True)
class Frame:
    """One picture: `at` seconds from the start, brightnesses row by row (0-255)."""

    at: float
    luma: bytes

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """Changes of brightness from cell to cell, as a vector of length 1; empty when blank."""
        rows = [self.luma[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE)]
        across = (map(sub, row[1:], row) for row in rows)
        down = (map(sub, below, row) for row, below in pairwise(rows))
        steps = tuple(chain.from_iterable(chain(across, down)))
        length = sqrt(_dot(steps, steps))
        return tuple(step / length for step in steps) if length >= _BLANK else ()

    @cached_property
    def relief(self) -> tuple[float, ...]:
        """Brightnesses above and below the mean of the picture."""
        mean = sum(self.luma) / len(self.luma)
        return tuple(value - mean for value in self.luma)

    @cached_property
    def contrast(self) -> float:
        """Standard deviation of the brightnesses."""
        return sqrt(_dot(self.relief, self.relief) / len(self.relief))

    @cached_property
    def sketch(self) -> int:
        """The directions of `edges`, a bit each: quick to compare, and rough."""
        return int("0" + "".join("01"[step > 0] for step in self.edges), 2)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A video or picture at a glance. `width` and `height` are pixels as displayed, `seconds` is
    None for a picture; the frames of a video stand at whole multiples of a step that is a power of
    two, so that those of a longer one are among them."""

    width: int
    height: int
    seconds: float | None
    captured: Captured | None
    frames: tuple[Frame, ...]


def grid(seconds: float) -> list[float]:
    """Choose the moments of a video of this length whose frames are taken: 8 to 16, in seconds."""
    step = 2.0**-5
    while seconds / step > 16:
        step *= 2
    return [n * step for n in range(17) if n * step < seconds - 0.01]


def captured(at: datetime, *, zoned: bool) -> Captured | None:
    """A capture date, where it can be one."""
    return Captured(at, zoned) if at.year >= FIRST_CAMERA else None


# --- comparing ------------------------------------------------------------------------------


def likeness(one: Frame, other: Frame) -> float:
    """-1 to 1: 1 for the same picture at any size, brightness or contrast, about 0 for another."""
    return _dot(one.edges, other.edges)


def worst_cell(one: Frame, other: Frame) -> float:
    """The largest difference of a cell, in levels (0-255), after brightness and contrast are made
    equal: what was laid over a part of the picture shows here."""
    if not (one.contrast and other.contrast):
        return 255.0
    gain = min(max(one.contrast / other.contrast, 0.5), 2.0)
    return max(abs(a - b * gain) for a, b in zip(one.relief, other.relief, strict=True))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two videos of the same length laid side by side, frame by frame.

    `likeness` is of the usual frame, `least` of the frame that fits worst but one in eight; `moves`
    is how alike that is which changes from frame to frame, None when next to nothing does in
    either: videos from one tripod share all but that. `spot` is the worst cell, likewise but for
    one frame in eight."""

    likeness: float
    least: float
    moves: float | None
    spot: float
    frames: int
    same_shape: bool


def compare_videos(one: Fingerprint, other: Fingerprint) -> Likeness | None:
    """None when they plainly differ, or have too few frames in common that show anything."""
    by_moment = {frame.at: frame for frame in other.frames}
    both = [(f, by_moment[f.at]) for f in one.frames if f.at in by_moment]
    shown = [(a, b) for a, b in both if a.edges and b.edges]
    # A frame that is blank in one only is no likeness either.
    half = [pair for pair in both if bool(pair[0].edges) != bool(pair[1].edges)]
    if len(shown) < _FEWEST_FRAMES or max(likeness(a, b) for a, b in shown[::4]) < _STRANGE:
        return None
    scores = sorted([likeness(a, b) for a, b in shown] + [0.0] * len(half))
    usual = median(scores)
    if usual < _STRANGE:
        return None
    spots = [worst_cell(a, b) for a, b in shown] if usual >= FOUND else [255.0]
    return Likeness(
        likeness=usual,
        least=scores[len(scores) // 8],
        moves=_moves([a for a, _ in shown], [b for _, b in shown]),
        spot=sorted(spots, reverse=True)[len(spots) // 8],
        frames=len(shown),
        same_shape=same_shape(one, other),
    )


def same_shape(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether width : height agree."""
    return abs(one.width * other.height / (other.width * one.height) - 1) <= SAME_SHAPE


@dataclass(frozen=True, slots=True)
class Shared:
    """How much of a video is found anywhere in another one, in whatever order: the `part` of its
    frames (0 to 1), and `moves` as of `Likeness`."""

    part: float
    moves: float | None


def shared(short: Fingerprint, long: Fingerprint) -> Shared | None:
    """None when `short` has too few frames that show anything."""
    shown = [frame for frame in short.frames if frame.edges]
    others = [frame for frame in long.frames if frame.edges]
    if len(shown) < _FEWEST_FRAMES or not others:
        return None
    best = [max(others, key=partial(likeness, frame)) for frame in shown]
    found = sum(likeness(a, b) >= FOUND for a, b in zip(shown, best, strict=True))
    return Shared(found / len(shown), _moves(shown, best))


def may_be_alike(one: Frame, other: Frame) -> bool:
    """Whether `likeness` is worth its time: False only for frames that have little in common."""
    return (one.sketch ^ other.sketch).bit_count() <= _ROUGHLY


def may_share(short: Fingerprint, long: Fingerprint) -> bool:
    """Whether `shared` is worth its time: False when half of a few frames are not found."""
    others = [frame for frame in long.frames if frame.edges]
    shown = [frame for frame in short.frames if frame.edges][::4]
    missing = 0
    for frame in shown:
        missing += not any(
            may_be_alike(frame, other) and likeness(frame, other) >= FOUND for other in others
        )
        if missing * 2 > len(shown):
            return False
    return bool(shown)


def best_alike(picture: Fingerprint, video: Fingerprint) -> float:
    """The likeness of a picture to the frame of the video that is most like it."""
    return max((likeness(picture.frames[0], frame) for frame in video.frames), default=0.0)


def _dot(ones: Sequence[float], others: Sequence[float]) -> float:
    return float(sum(map(mul, ones, others)))


def _moves(ones: Sequence[Frame], others: Sequence[Frame]) -> float | None:
    mine, theirs = _changes(ones), _changes(others)
    norms = [sqrt(_dot(changes, changes)) for changes in (mine, theirs)]
    if max(norms) < _STILL * sqrt(len(mine)):
        return None
    return _dot(mine, theirs) / (norms[0] * norms[1]) if all(norms) else 0.0


def _changes(frames: Sequence[Frame]) -> list[float]:
    """Remove from each frame what all of them share."""
    cells = zip(*(frame.luma for frame in frames), strict=True)
    usual = [sum(cell) / len(frames) for cell in cells]
    return [change for frame in frames for change in map(sub, frame.luma, usual)]
