"""How closely a file and a post compare: a pair is sure only where nothing differs.

`Closeness` is measured by the child process (`decoder.frame_compare`, `decoder.sound`); here is
what it means. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CELLS = 64 * 112
"""A frame of a video is compared as about this many cells, square ones."""
PICTURE_CELLS = 4 * CELLS
STEP = 0.25
"""Seconds from one compared moment of a video to the next, over its whole length."""

# Measured, see docs/likeness.md. The first number is the worst of honest copies, the second the
# least of what was written over, covered, cut or exchanged.
CELL = 32  # 24, 53
SHARP = 15  # 11, 29 (blurred as a whole: 13)
PATCH = 15  # 10, 20
BLUR = 13  # 9, 15
SHIFT = 0.15  # 0.07, 0.9
GAIN = 1.2  # 1.12
OFFSET = 24  # 10
TINT, TINTED = 3.5, 14  # 1.3 and 6; 8 and 18
SOUND, SOUND_USUAL = 2.6, 1.8  # 2.3 and 1.4; 2.8 and 2.3
LOUDNESS = 14.0
ENDS = 0.15
SCENE = 0.15
"""Part of the picture from which the difference is one of scene, not of something laid over it."""


@dataclass(frozen=True, slots=True)
class FrameDifference:
    """How two frames differ once brightness and contrast are equal, in levels (0-255).

    `cell`: the worst cell; `sharp`: the same less what a sharp edge explains; `patch`, `blur`: the
    worst 3 × 3 cells with their signs and the worst 5 × 5 without. `part`: the share of cells that
    differ by more than `SHARP`. `gain` and `offset` made them equal. `shift`: cells that a margin
    is moved by. `tint`, `tinted`: colour, in the mean and in the worst coarse cell."""

    cell: int
    sharp: int
    patch: int
    blur: int
    part: float
    gain: float
    offset: float
    shift: float
    tint: float
    tinted: int

    @property
    def in_shape(self) -> bool:
        return self.cell > CELL or self.sharp > SHARP or self.patch > PATCH or self.blur > BLUR

    @property
    def in_tone(self) -> bool:
        return max(self.gain, 1 / self.gain) > GAIN or abs(self.offset) > OFFSET

    @property
    def in_colour(self) -> bool:
        return self.tint > TINT or self.tinted > TINTED


@dataclass(frozen=True, slots=True)
class SoundDifference:
    """The sound of a file and of a post: whether there is anything to hear in each, and how far
    apart their levels are in the usual and in the worst second, and over all, in decibels."""

    mine: bool
    theirs: bool
    usual: float = 0.0
    worst: float = 0.0
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Closeness:
    """Of all moments compared the first that differs, in seconds from the start, None when none
    does; `part` is the largest share of the picture that differs at one of them; `shift` is the
    usual one. `ends` is by how many seconds one goes on after the other. `heard` is None for
    pictures."""

    moments: int
    differs: float | None
    part: float
    toned: float | None
    coloured: float | None
    shift: float
    ends: float = 0.0
    heard: SoundDifference | None = None


def closeness(
    found: list[tuple[float, FrameDifference]],
    ends: float = 0.0,
    heard: SoundDifference | None = None,
) -> Closeness:
    """Summarise the moments (seconds, in order) that were compared; one at least."""
    shifts = sorted(difference.shift for _, difference in found)
    return Closeness(
        moments=len(found),
        differs=next((at for at, difference in found if difference.in_shape), None),
        part=max(difference.part for _, difference in found),
        toned=next((at for at, difference in found if difference.in_tone), None),
        coloured=next((at for at, difference in found if difference.in_colour), None),
        shift=shifts[len(shifts) // 2],
        ends=ends,
        heard=heard,
    )


def differences(close: Closeness) -> list[str]:
    """List the differences between file and post, for the creator; none when they are the same."""
    audible = _audible_differences(close.heard) if close.heard else ()
    return [*_visible_differences(close), *audible]


def _visible_differences(close: Closeness) -> Iterator[str]:
    is_video = close.heard is not None
    if close.differs is not None and close.part > SCENE:
        yield f"looks different{_since(close.differs, is_video)}"
    elif close.shift > SHIFT:
        yield "cropped or moved a little in one of them"
    elif close.differs is not None:
        since = _since(close.differs, is_video)
        yield f"something is written, covered or blurred in a part of the picture{since}"
    elif close.coloured is not None:
        yield f"other colours{_since(close.coloured, is_video)}"
    elif close.toned is not None:
        yield f"brighter or darker in one of them{_since(close.toned, is_video)}"
    if close.ends > ENDS:
        yield f"the pictures of one go on for {close.ends:.1f} s more"


def _since(at: float, is_video: bool) -> str:
    if not is_video or at < 1:
        return ""
    return f" from {int(at) // 60}:{int(at) % 60:02} on"


def _audible_differences(heard: SoundDifference) -> Iterator[str]:
    if heard.theirs and not heard.mine:
        yield "the post has sound, the file has none"
    elif heard.mine and not heard.theirs:
        yield "the file has sound, the post has none"
    elif heard.usual > SOUND_USUAL or heard.worst > SOUND:
        yield "the sound is another one"
    elif abs(heard.gain) > LOUDNESS:
        yield "much louder in one of them"
