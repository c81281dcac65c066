"""Tells whether a shape is built as a mark is: a row of sign and word, a smaller row of letters under it.
Loaded by the child process only."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

INK = 0.25
"""What has this part of a shape's strongest values is ink."""
LEAST_INK = 30
"""Values under this are never ink."""
EMPTY = 0.22
"""A row of pixels with less ink than this part of the rows' beside it is a gap."""
LEAST_STROKES = 4
"""A row of letters has at least so many strokes; an edge or a bar has less."""
MOST_BROKEN = 2
"""Lines of pixels without ink that are no gap yet: on a bright ground letters are outlines."""
LEAST_HIGH = 5
"""Pixels that a row of letters is high, at least."""


@dataclass(frozen=True, slots=True)
class SignRow:
    """A row of signs: from left to right and top to bottom, in pixels, and how many strokes its
    lines of pixels cross, those of two thirds at most."""

    box: tuple[int, int, int, int]
    strokes: int

    @property
    def high(self) -> int:
        return self.box[3] - self.box[1]

    @property
    def wide(self) -> int:
        return self.box[2] - self.box[0]


def find_rows(shape: Image.Image) -> list[SignRow]:
    """Find the rows of signs in a shape (light on black), from above."""
    ink = _ink(shape)
    width, height = ink.size
    lines = [ink.crop((0, y, width, y + 1)).histogram()[255] for y in range(height)]
    return [row for top, bottom in _runs(lines) if (row := _row(ink, top, bottom))]


def _ink(shape: Image.Image) -> Image.Image:
    values = shape.histogram()
    left, strong = max(1, sum(values[LEAST_INK:]) // 10), 255
    while strong > LEAST_INK and left > 0:
        left -= values[strong]
        strong -= 1
    least = max(LEAST_INK, round(strong * INK))
    return shape.point([255 if v >= least else 0 for v in range(256)])


def _runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where lines of pixels with ink begin and end; some in a row that have little beside their
    neighbourhood are a gap."""
    full = [
        y
        for y, ink in enumerate(lines)
        if ink > max(1, EMPTY * max(lines[max(0, y - 8) : y + 9], default=0))
    ]
    start = 0
    for place, y in enumerate(full):
        if place + 1 == len(full) or full[place + 1] - y > MOST_BROKEN + 1:
            if y + 1 - full[start] >= LEAST_HIGH:
                yield full[start], y + 1
            start = place + 1


def _row(ink: Image.Image, top: int, bottom: int) -> SignRow | None:
    part = ink.crop((0, top, ink.width, bottom))
    box = part.getbbox()
    if box is None:
        return None
    lines = [part.crop((0, y, ink.width, y + 1)).tobytes() for y in range(part.height)]
    strokes = sorted(map(_count_runs, lines))[part.height * 2 // 3]
    return SignRow((box[0], top, box[2], bottom), strokes)


def _count_runs(line: bytes) -> int:
    return sum(now and not before for before, now in zip(b"\0" + line, line, strict=False))


def is_built_as_mark(shape: Image.Image) -> bool:
    """Whether a shape has a row of signs and, close under it, a lower row of letters."""
    rows = find_rows(shape)
    return any(
        upper.high >= 1.15 * lower.high
        and upper.wide >= 2 * upper.high
        and lower.wide >= 1.6 * lower.high
        and min(upper.strokes, lower.strokes) >= LEAST_STROKES
        and 1 <= lower.box[1] - upper.box[3] <= 1.5 * upper.high
        for upper, lower in itertools.pairwise(rows)
    )
