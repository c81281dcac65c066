"""Measures how two frames differ, in cells. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from operator import mul, sub

from PIL import Image, ImageChops, ImageFilter, ImageStat

from crossover.media.likeness.closeness import SHARP, FrameDifference

EDGE = 0.35
"""Part of the contrast around a cell that may differ: a sharp edge lies a little aside in a
copy."""
FEWEST_PIXELS = 5
"""To a side of a cell: compression alters smaller ones as it likes."""
COARSE = 4
"""Cells to a side of those in which colours are compared."""
GAINS = (0.7, 1.4)
_PLAIN = 16
"""Mean square of the slopes, under which a margin shows nothing that could be seen to move."""

Planes = tuple[Image.Image, Image.Image, Image.Image]
"""Brightness and the two colours of a frame, in cells."""


def cells(shape: tuple[int, int], count: int) -> tuple[int, int]:
    """Choose the number of square cells to a side, about `count` in all, none of them too small."""
    side = max(sqrt(shape[0] * shape[1] / count), FEWEST_PIXELS)
    return max(round(shape[0] / side), COARSE), max(round(shape[1] / side), COARSE)


def total_difference(one: Planes, other: Planes) -> float:
    """Measure how much two frames differ in all: the least of several is the same moment."""
    equal, _, _ = _equalled(one[0], other[0])
    return float(ImageStat.Stat(ImageChops.difference(one[0], equal)).sum[0])


def _equalled(one: Image.Image, other: Image.Image) -> tuple[Image.Image, float, float]:
    """`other` with the brightness and contrast of `one`; by what factor, and how many levels."""
    mine, theirs = ImageStat.Stat(one), ImageStat.Stat(other)
    gain = min(max(mine.stddev[0] / max(theirs.stddev[0], 1.0), GAINS[0]), GAINS[1])
    mean, usual = mine.mean[0], theirs.mean[0]
    table = [min(max(round((v - usual) * gain + mean), 0), 255) for v in range(256)]
    return other.point(table), gain, mean - usual


def frame_difference(one: Planes, other: Planes) -> FrameDifference:
    """Measure two frames where they differ most."""
    equal, gain, offset = _equalled(one[0], other[0])
    differ = ImageChops.difference(one[0], equal)
    signed = ImageChops.subtract(one[0], equal, 1, 128).filter(ImageFilter.BoxBlur(1))
    highest, lowest = (
        one[0].filter(pick) for pick in (ImageFilter.MaxFilter(3), ImageFilter.MinFilter(3))
    )
    edges = ImageChops.subtract(highest, lowest).point([round(v * EDGE) for v in range(256)])
    sharp = ImageChops.subtract(differ, edges)
    colours = [_coarse(a, b) for a, b in zip(one[1:], other[1:], strict=True)]
    return FrameDifference(
        cell=_most(differ),
        sharp=_most(sharp),
        patch=max(abs(edge - 128) for edge in _range(signed)),
        blur=_most(differ.filter(ImageFilter.BoxBlur(2))),
        part=sum(sharp.histogram()[SHARP + 1 :]) / (sharp.width * sharp.height),
        gain=gain,
        offset=offset,
        shift=_shift(one[0], equal),
        tint=max(ImageStat.Stat(colour).mean[0] for colour in colours),
        tinted=max(map(_most, colours)),
    )


def _coarse(one: Image.Image, other: Image.Image) -> Image.Image:
    size = one.width // COARSE, one.height // COARSE
    return ImageChops.difference(
        *(plane.resize(size, Image.Resampling.BOX) for plane in (one, other))
    )


def _range(image: Image.Image) -> tuple[int, int]:
    lowest, highest = image.getextrema()
    return int(lowest), int(highest)  # type: ignore[arg-type]


def _most(image: Image.Image) -> int:
    return _range(image)[1]


def _shift(one: Image.Image, other: Image.Image) -> float:
    """By how many cells the margins are moved, across at the sides, up and down above and below:
    in the one that moves most, by least squares over the slopes. A crop moves all of them."""
    wide, high = _rows(one), _rows(other)
    turned = Image.Transpose.TRANSPOSE
    tall, deep = _rows(one.transpose(turned)), _rows(other.transpose(turned))
    moved = [*_sides(wide, high), *_sides(tall, deep)]
    return max(map(abs, moved))


def _rows(image: Image.Image) -> list[bytes]:
    data, width = image.tobytes(), image.width
    return [data[at : at + width] for at in range(0, len(data), width)]


def _sides(ones: list[bytes], others: list[bytes]) -> Iterator[float]:
    """The shift along the rows in their first quarter and in their last."""
    width = len(ones[0])
    quarter = max(width // 4, 1)
    for first, end in ((1, quarter), (width - quarter, width - 1)):
        along = across = 0
        for one, other in zip(ones, others, strict=True):
            slopes = list(map(sub, one[first + 1 : end + 1], one[first - 1 : end - 1]))
            across += sum(map(mul, slopes, map(sub, one[first:end], other[first:end])))
            along += sum(map(mul, slopes, slopes))
        plain = along < _PLAIN * (end - first) * len(ones)
        yield 0.0 if plain else 2 * across / along
