"""Which frame of a film becomes its cover. Loaded by the child process only. The rule is told in
docs/covers.md.

Three looks, each bounded: over the whole film by its key frames, closely at its opening, and closely
around the key frame that is taken where the opening has nothing to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from av.video.reformatter import VideoReformatter

from crossover.media.decoder.videos.covers.bars import content_box
from crossover.media.decoder.videos.covers.frame_measure import (
    BRIGHTEST,
    DARKEST,
    Box,
    FrameMeasure,
    MeasuredFrame,
    small_frame,
)
from crossover.media.decoder.videos.frames import FilmFrame, FilmReader

SPREAD = 12
"""Frames looked at all over a film."""
OPENING_SECONDS, AROUND_SECONDS = 2.0, 0.6
"""Seconds that are looked at closely: of the opening, and from another frame on."""
OPENING_PIXELS, AROUND_PIXELS = 45 * 1080 * 1920, 18 * 1080 * 1920
"""Pixels decoded at most for either."""
STEP = 0.1
"""Seconds between two frames of a close look."""
NEARLY = 0.88
"""Part of the best frame's quality from which an earlier frame is preferred."""
SETTLE_SECONDS = 1.0
"""Seconds after the first frame that is good enough in which a still better one is taken."""
STEADY, RESTLESS = 2.5, 12.5
"""Levels by which a frame differs from the next one that is looked at, a tenth of a second later: up to
the first it stands still, from the second on it is in a cut, a fade or a fast movement."""
END_SECONDS, END_PART = 5.0, 0.9
"""Behind this part of a film that is so long there is often an end card."""


@dataclass(frozen=True, slots=True)
class CoverFrame:
    """The frame that is taken, and the part of it that is no bar around it. `is_seen` is False where
    the film has nothing but black, white and single colours."""

    frame: MeasuredFrame
    box: Box
    is_seen: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    frame: MeasuredFrame
    change: float | None
    """Levels to the next frame of a close look; None where it was not looked at closely."""


def choose_frame(reader: FilmReader, spread: Sequence[FilmFrame]) -> CoverFrame | None:
    """Choose the frame for a cover; `spread` are frames from all over the film. None where the film
    has no frame that can be decoded."""
    scaler = VideoReformatter()
    sound = [found for found in spread if not found.broken] or spread
    whole = [small_frame(found, scaler) for found in sound]
    box = content_box([frame.picture for frame in whole])
    keys = [_Candidate(frame.within(box), None) for frame in whole]
    begins_well = (early := _first_good(keys, reader.seconds)) is not None and (
        early.frame.at <= STEP
    )
    closely = SETTLE_SECONDS if begins_well else OPENING_SECONDS
    opening = _close_look(reader, 0.0, closely, OPENING_PIXELS, box, scaler)
    candidates = [*opening, *keys]
    if not candidates:
        return None
    candidates = [one for one in candidates if not one.frame.found.broken] or candidates
    first = _first_good(candidates, reader.seconds)
    if first is not None and first.change is None:
        near = _close_look(reader, first.frame.at, AROUND_SECONDS, AROUND_PIXELS, box, scaler)
        candidates += [one for one in near if not one.frame.found.broken]
        first = _first_good(candidates, reader.seconds)
    if first is None:
        best = max(candidates, key=lambda one: (_least_bad(one.frame.measure), -one.frame.at))
        return CoverFrame(best.frame, box, is_seen=False)
    return CoverFrame(first.frame, box, is_seen=True)


def _close_look(
    reader: FilmReader,
    at: float,
    seconds: float,
    pixels: int,
    box: Box,
    scaler: VideoReformatter,
) -> list[_Candidate]:
    """The frames of a short stretch, about `STEP` apart."""
    frames = [
        small_frame(found, scaler).within(box)
        for found in _apart(reader.play(at, pixels, every_frame=False), at, seconds)
    ]
    changes: list[float | None] = [one.differs_from(other) for one, other in pairwise(frames)]
    # The last one is compared with the one before: the next is not known.
    changes += changes[-1:] or [None] * len(frames)
    return [_Candidate(*pair) for pair in zip(frames, changes, strict=True)]


def _apart(frames: Iterator[FilmFrame], at: float, seconds: float) -> Iterator[FilmFrame]:
    due = at
    for found in frames:
        if found.at > at + seconds:
            return
        if found.at >= due - STEP / 4:
            due = found.at + STEP
            yield found


# --- how good a frame is ----------------------------------------------------------------------


def _first_good(candidates: Sequence[_Candidate], seconds: float) -> _Candidate | None:
    """The first that is nearly as good as the best, or the best of those soon after it. None where
    nothing can be seen."""
    seen = [one for one in candidates if one.frame.measure.is_seen]
    if not seen:
        return None
    across, down = zip(*(one.frame.measure.sharp for one in seen), strict=True)
    sharpest = max(*across, 1.0), max(*down, 1.0)
    # What was not looked at closely is thought to be as restless as the rest.
    usual = median([one.change for one in candidates if one.change is not None] or [0.0])
    rated = [(_quality(one, sharpest, usual, seconds), one) for one in seen]
    enough = NEARLY * max(quality for quality, _ in rated)
    first = min(one.frame.at for quality, one in rated if quality >= enough)
    return max(
        (pair for pair in rated if first <= pair[1].frame.at <= first + SETTLE_SECONDS),
        key=lambda pair: (round(pair[0], 2), pair[1].change is not None, -pair[1].frame.at),
    )[1]


def _quality(
    candidate: _Candidate, sharpest: tuple[float, float], usual: float, seconds: float
) -> float:
    """How good a cover a frame makes, 0 to 1."""
    measure = candidate.frame.measure
    shown = (
        0.35 * min(one / most for one, most in zip(measure.sharp, sharpest, strict=True))
        + 0.25 * min(measure.filled / 0.6, 1.0)
        + 0.20 * min(measure.contrast / 150, 1.0)
        + 0.10 * min(measure.colour / 30, 1.0)
        + 0.10 * min(measure.skin / 0.08, 1.0)
    )
    change = usual if candidate.change is None else candidate.change
    return shown * _exposure(measure.mean) * _steadiness(change) * _place(candidate, seconds)


def _least_bad(measure: FrameMeasure) -> float:
    """How much can be made out where nothing can be seen properly."""
    return measure.spread - max(0.0, DARKEST - measure.mean, measure.mean - BRIGHTEST)


def _exposure(mean: float) -> float:
    """1 from a dim to a bright picture, less beyond."""
    return min(1.0, 0.5 + mean / 140, 0.5 + (255 - mean) / 100)


def _steadiness(change: float) -> float:
    return 1.0 - 0.4 * min(max(change - STEADY, 0.0) / (RESTLESS - STEADY), 1.0)


def _place(candidate: _Candidate, seconds: float) -> float:
    at = candidate.frame.at
    return 0.85 if seconds >= END_SECONDS and at > END_PART * seconds else 1.0
