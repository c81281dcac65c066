"""Black or coloured bars around a film. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageStat

from crossover.media.decoder.videos.covers.frame_measure import FLATTEST, WHOLE, Box

THINNEST, THICKEST = 0.03, 0.42
"""Parts of the height or width that a bar takes."""
BLACK = 24.0
"""Mean luma up to which a bar is one without another on the other side."""
_CELLS = 48
"""Cells along a row."""
_PLAIN = 6
"""Levels by which cells of a bar, and of one bar in several frames, may differ."""
_STEP, _STRAIGHT = 12, 0.9
"""Levels by which the picture differs, somewhere in the film, from the bar that it begins behind, in
so many of its cells: a bar ends in a straight line, the ground around a thing does not."""


def content_box(pictures: Sequence[Image.Image]) -> Box:
    """The part of a film without the bars that all these small pictures of it have: rows of one
    colour that never change, black ones, or equal ones on both sides."""
    greys = [picture.convert("L") for picture in pictures]
    seen = [grey for grey in greys if ImageStat.Stat(grey).stddev[0] >= FLATTEST]
    if not seen:
        return WHOLE
    top, bottom = _bars(seen)
    turned = [grey.transpose(Image.Transpose.TRANSPOSE) for grey in seen]
    left, right = _bars(turned)
    return left, top, 1 - right, 1 - bottom


def _bars(pictures: Sequence[Image.Image]) -> tuple[float, float]:
    """Parts of the height that the bars above and below take; 0 for none."""
    rows = [_rows(picture) for picture in pictures]
    flipped = [list(reversed(lines)) for lines in rows]
    above, below = _bar(rows), _bar(flipped)
    height = len(rows[0])
    sizes = [size if THINNEST <= size / height <= THICKEST else 0 for size in (above[0], below[0])]
    # A wall or a sky at one side is no bar: those are black, or come in pairs.
    pair = all(sizes) and abs(above[1] - below[1]) <= _PLAIN
    dark = [above[1] <= BLACK, below[1] <= BLACK]
    kept = [size if pair or black else 0 for size, black in zip(sizes, dark, strict=True)]
    # A row more, in which bar and picture may be mixed.
    above_part, below_part = ((size + 1) / height if size else 0.0 for size in kept)
    return above_part, below_part


def _rows(picture: Image.Image) -> list[bytes]:
    small = picture.resize((_CELLS, picture.height), Image.Resampling.BOX)
    data = small.tobytes()
    return [data[at : at + _CELLS] for at in range(0, len(data), _CELLS)]


def _bar(pictures: Sequence[list[bytes]]) -> tuple[int, float]:
    """How many first rows are of one colour in all pictures, and how bright they are."""
    shade = sum(pictures[0][0]) / _CELLS
    height = len(pictures[0])
    size = height
    for rows in pictures:
        size = next((n for n, row in enumerate(rows[:size]) if not _is_plain(row, shade)), size)
    if 0 < size < height - 2:
        behind = (row for rows in pictures for row in rows[size : size + 3])
        most = max(sum(abs(cell - shade) >= _STEP for cell in row) for row in behind)
        if most >= _STRAIGHT * _CELLS:
            return size, shade
    return 0, shade


def _is_plain(row: bytes, shade: float) -> bool:
    return max(row) - min(row) <= _PLAIN and abs(sum(row) / _CELLS - shade) <= _PLAIN
