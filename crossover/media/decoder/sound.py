"""Compares the sound of two videos: how loud it is, moment by moment, in each octave.
Loaded by the child process only."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log10
from operator import mul
from pathlib import Path
from statistics import median

import av
from av.audio.resampler import AudioResampler

from crossover.media.decoder.errors import CannotFitError
from crossover.media.decoder.videos.coding import codec_of
from crossover.media.decoder.videos.opening import open_film
from crossover.media.likeness.closeness import SoundDifference

DECODED_SOUND = frozenset(
    {"aac", "mp3", "mp3float", "alac", "opus", "ac3", "pcm_s16le", "pcm_s16be", "pcm_s24le"}
)
"""Rarer decoders are never run on a stranger's bytes."""

HOP = 0.05
"""Seconds; a level is taken of two hops together."""
RATES = (500, 1000, 2000, 4000, 8000, 16000)
"""Samples a second. At each is heard what lies below half of it: an octave more than at the
last."""
LAG = 3
"""Hops by which the sound may be late in one: encoders pad its start."""
WINDOW = 20
"""Hops that are judged together."""
QUIET = -50.0
"""Decibels under full scale: a sound that never reaches it is none."""
DEPTH = 35.0
"""Decibels under the loudest moment: what is softer is drowned by compression."""

_FULL_SCALE = 32768.0**2

Levels = list[list[float]]
"""Decibels under full scale, a number for each hop: of all that is heard, then of each octave."""


def compare_sound(
    mine: Path, theirs: Path, max_pixels: int, check: Callable[[], None]
) -> SoundDifference:
    """Compare the sound of a file with a post's. `check` is called as the work goes on, and
    may end it. Raises `CannotFitError`."""
    ones, others = _levels(mine, max_pixels, check), _levels(theirs, max_pixels, check)
    mine_heard, theirs_heard = (max(levels[0], default=QUIET) > QUIET for levels in (ones, others))
    if not (mine_heard and theirs_heard):
        return SoundDifference(mine_heard, theirs_heard)
    gain = max(ones[0]) - max(others[0])
    ones, others = _above_floor(ones), _above_floor(others)
    usual, worst = min(_level_difference(ones, others, lag) for lag in range(-LAG, LAG + 1))
    return SoundDifference(mine=True, theirs=True, usual=usual, worst=worst, gain=gain)


def _levels(source: Path, max_pixels: int, check: Callable[[], None]) -> Levels:
    """Measure the levels from the first picture on; empty lists for a silent film."""
    with open_film(source, max_pixels) as (container, film, _):
        if not container.streams.audio:
            return [[]]
        sound = container.streams.audio[0]
        if codec_of(sound) not in DECODED_SOUND:
            raise CannotFitError(f"its sound cannot be read ({codec_of(sound)})")
        meters = [_EnergyMeter(rate) for rate in RATES]
        start = float((film.start_time or 0) * film.time_base) if film.time_base else 0.0
        for frame in container.decode(sound):
            check()
            for meter in meters:
                meter.measure(frame, (frame.time or 0.0) - start)
        return _octaves([meter.energies for meter in meters])


class _EnergyMeter:
    """Measures the energy of a sound at one rate, hop by hop."""

    def __init__(self, rate: int) -> None:
        self._resampler = AudioResampler(format="s16", layout="mono", rate=rate)
        self._hop = round(rate * HOP)
        self._pending: array[int] | None = None
        self.energies: list[float] = []

    def measure(self, frame: av.AudioFrame, at: float) -> None:
        """Take in the next frame, which is played at `at` seconds."""
        if self._pending is None:  # sound that begins late or early is brought in step
            skipped = round(at * self._hop / HOP)
            self._pending = array("h", bytes(2 * max(skipped, 0)))
            self._to_skip = max(-skipped, 0)
        for part in self._resampler.resample(frame):
            self._pending.frombytes(bytes(part.planes[0])[: part.samples * 2])
        if self._to_skip:
            self._to_skip, gone = max(self._to_skip - len(self._pending), 0), self._to_skip
            del self._pending[:gone]
        hops = len(self._pending) // self._hop
        for n in range(hops):
            samples = self._pending[n * self._hop : (n + 1) * self._hop]
            self.energies.append(sum(map(mul, samples, samples)) / self._hop)
        del self._pending[: hops * self._hop]


def _octaves(energies: Sequence[Sequence[float]]) -> Levels:
    octaves = [
        [max(b - a, 0.0) for a, b in zip(one, other, strict=False)]
        for one, other in pairwise(energies)
    ]
    return [_levels_of(energy) for energy in (energies[-1], energies[0], *octaves)]


def _levels_of(energies: Sequence[float]) -> list[float]:
    return [
        10 * log10(max((one + other) / 2 / _FULL_SCALE, 1e-9)) for one, other in pairwise(energies)
    ]


def _above_floor(levels: Levels) -> Levels:
    """From 0, the floor under which nothing counts, to `DEPTH`, the loudest moment."""
    floor = max(levels[0]) - DEPTH
    return [[max(level - floor, 0.0) for level in band] for band in levels]


def _level_difference(ones: Levels, others: Levels, lag: int) -> tuple[float, float]:
    """Measure how much the levels differ in the usual and in the worst window, in decibels, after
    the usual difference is taken away."""
    pairs = [_in_step(one, other, lag) for one, other in zip(ones, others, strict=True)]
    louder = [a - b for a, b in pairs[0] if a and b]
    gain = median(louder) if louder else 0.0
    return _worst_band([_windows(band, gain) for band in pairs])


def _in_step(one: Sequence[float], other: Sequence[float], lag: int) -> list[tuple[float, float]]:
    return list(zip(one[max(lag, 0) :], other[max(-lag, 0) :], strict=False))


def _windows(pairs: Sequence[tuple[float, float]], gain: float) -> list[float]:
    differences = [abs(a - b - gain) if a and b else max(a, b) for a, b in pairs]
    starts = range(0, max(len(differences) - WINDOW // 2, 1), WINDOW // 2)
    parts = [differences[n : n + WINDOW] for n in starts]
    return [sum(part) / len(part) for part in parts if part]


def _worst_band(bands: Sequence[Sequence[float]]) -> tuple[float, float]:
    return (
        max((median(band) for band in bands if band), default=DEPTH),
        max((max(band) for band in bands if band), default=DEPTH),
    )
