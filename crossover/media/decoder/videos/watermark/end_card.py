"""Tells the card that stands at the end of many saved videos: a sign and a handle in the middle of a dark
ground. Loaded by the child process only."""

from __future__ import annotations

from PIL import Image

from crossover.media.decoder.videos.watermark.mark_rows import SignRow, find_rows

DARKEST_GROUND = 45
"""The ground of a card is at most so bright (0 to 255)."""
FLAT = 12
"""Levels by which the ground may differ."""
LEAST_GROUND = 0.85
"""Part of the picture that is ground."""
MIDDLE = 0.04
"""How far from the middle rows may stand, as a part of the width."""


def card_rows(grey: Image.Image) -> list[SignRow]:
    """Find the rows of a card, from above: the last one is the handle. Empty where the picture is no
    such card."""
    values = grey.histogram()
    ground = max(range(256), key=values.__getitem__)
    area = grey.width * grey.height
    if ground > DARKEST_GROUND or sum(values[max(0, ground - FLAT) : ground + FLAT]) < (
        LEAST_GROUND * area
    ):
        return []
    rows = find_rows(card_ink(grey, ground))
    if len(rows) < 2 or rows[-1].high >= max(row.high for row in rows[:-1]):
        return []
    # A sign may be of several rows, each off the middle.
    parts = ([row.box for row in rows[:-1]], [rows[-1].box])
    sides = [(min(box[0] for box in part), max(box[2] for box in part)) for part in parts]
    in_middle = all(
        abs(left + right - grey.width) <= 2 * MIDDLE * grey.width for left, right in sides
    )
    upper, lower = rows[0].box[1] / grey.height, rows[-1].box[3] / grey.height
    return rows if in_middle and upper > 0.2 and lower < 0.8 else []


def card_ink(grey: Image.Image, ground: int | None = None) -> Image.Image:
    """What is brighter than the ground of a card."""
    if ground is None:
        values = grey.histogram()
        ground = max(range(256), key=values.__getitem__)
    return grey.point([max(0, v - ground - FLAT) for v in range(256)])
