"""Finds a mark that stands in one corner of a short film all the time, by the card at its end, which has
the same handle. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from crossover.media.decoder.videos.watermark.detail import (
    Detail,
    Place,
    correlation,
    densest,
    four_corners,
    halves,
    mean,
    place_in,
    stack,
    widen,
)
from crossover.media.decoder.videos.watermark.end_card import card_ink, card_rows
from crossover.media.decoder.videos.watermark.mark_rows import SignRow, find_rows, is_built_as_mark

HANDLE_HIGH = 12
"""Pixels to which handles are made high before they are compared."""


@dataclass(frozen=True, slots=True)
class StillMark:
    """A mark in one corner, and how alike its handle and the card's are."""

    box: Place
    alike: float


def find_still_mark(details: Sequence[Detail], card: Image.Image) -> StillMark | None:
    """Find what stands in a corner of all pictures, built as a mark; `card` is the grey picture of the
    card at the end. The one whose handle is most alike."""
    rows = card_rows(card)
    if not rows or len(details) < 2:
        return None
    wanted = _letters(card_ink(card), rows[-1])
    return max(_still(details, wanted), key=lambda one: one.alike, default=None)


def _still(details: Sequence[Detail], wanted: bytes) -> Iterator[StillMark]:
    for corner in four_corners(details[0].size):
        found = densest(_what_stays([detail.crop(corner) for detail in details]))
        if found is None:
            continue
        place = widen(place_in(found.place, corner))
        for shape in halves(_what_stays([detail.crop(place) for detail in details])):
            if is_built_as_mark(shape):
                rows = find_rows(shape)[1:]
                alike = max(correlation(_letters(shape, row), wanted) for row in rows)
                yield StillMark(place, alike)


def _what_stays(strips: Sequence[Image.Image]) -> Image.Image:
    """What is lighter in most pictures, and what is darker in most."""
    lighter, darker = halves(mean(strips))
    return stack(ImageChops.subtract(lighter, darker), ImageChops.subtract(darker, lighter))


def _letters(shape: Image.Image, row: SignRow) -> bytes:
    """A row of letters, made of one size and soft, to be compared with another."""
    cut = shape.crop(row.box)
    values = cut.histogram()
    most = max((v for v in range(256) if values[v]), default=1) or 1
    even = cut.point([min(255, v * 255 // most) for v in range(256)])
    even = even.resize((HANDLE_HIGH * 8, HANDLE_HIGH), Image.Resampling.BICUBIC)
    return even.filter(ImageFilter.BoxBlur(1)).tobytes()
