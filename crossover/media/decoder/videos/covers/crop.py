"""Which part of a frame a cover shows. Loaded by the child process only. The rule is told in
docs/covers.md."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from PIL import Image, ImageChops, ImageFilter, ImageStat

from crossover.media.decoder.videos.covers.frame_measure import Box, MeasuredPicture, in_pixels

PLACES = 48
"""Places along the longer side in which a crop may begin."""
OFF_MIDDLE = 0.15
"""What a crop loses for lying at an edge, of what it could hold at best."""
CUT_THROUGH = 0.25
"""What it loses where each of its two edges cuts through as much as any line of the picture."""
SKIN, FAR_COLOUR, EDGES = 0.5, 0.5, 6.0
"""What counts as the subject: skin, a colour other than along the border, and edges."""
MOST_SKIN = 0.3
"""Part of a picture above which the colour of skin is that of wood, sand or a wall."""
AIR = 0.012
"""Part of the picture that is left free between a crop's edge and what it is not to cut through."""
_STROKE = 24
"""Levels by which things differ from what is beside them."""
_LETTERS = 0.25
"""Part of the pixels around that lie on strokes, in letters."""
_CROSSED = 0.08
"""Part of a line that lies on outlines where it counts as cut through in full, if no line has more."""


def crop_box(
    size: tuple[int, int], shape: tuple[int, int], box: Box, frame: MeasuredPicture
) -> tuple[int, int, int, int] | None:
    """Where the largest crop in the shape of a cover lies in a picture of this size, in pixels: left,
    top, right, bottom. It lies in `box`, of which `frame` is a small picture, and where the subject
    is. None if the picture is far too small."""
    left, top, right, bottom = in_pixels(box, size)
    width, height = right - left, bottom - top
    across, down = shape[0] // gcd(*shape), shape[1] // gcd(*shape)
    steps = min(width // across, height // down)
    if steps < 1:
        return None
    crop = across * steps, down * steps
    if width - crop[0] > height - crop[1]:
        left += round((width - crop[0]) * _place(frame, crop[0] / width, upright=False))
        top += (height - crop[1]) // 2
    else:
        top += round((height - crop[1]) * _place(frame, crop[1] / height, upright=True))
        left += (width - crop[0]) // 2
    return left, top, left + crop[0], top + crop[1]


def _place(frame: MeasuredPicture, part: float, *, upright: bool) -> float:
    """Where in the free room the crop begins that holds `part` of the picture: 0 to 1."""
    if part >= 0.995:
        return 0.5
    subject, outlines = _subject(frame), _outlines(frame, upright=upright)
    if not upright:
        subject, outlines = (
            one.transpose(Image.Transpose.TRANSPOSE) for one in (subject, outlines)
        )
    weights, crossed = _profile(subject), _profile(outlines)
    worst = max(*crossed, _CROSSED)
    air = round(AIR * len(crossed))
    edges = [max(crossed[max(n - air, 0) : n + air + 1]) / worst for n in range(len(crossed))]
    places = [number / PLACES for number in range(PLACES + 1)]
    held = [_held(weights, place * (1 - part), part) for place in places]
    most = max(held) or 1.0

    def value(number: int) -> tuple[float, float]:
        place = places[number]
        begin = place * (1 - part)
        lost = OFF_MIDDLE * abs(place - 0.5) * 2
        lost += CUT_THROUGH * (_edge(edges, begin) + _edge(edges, begin + part))
        return held[number] / most - lost, -abs(place - 0.5)

    return places[max(range(len(places)), key=value)]


def _profile(image: Image.Image) -> list[float]:
    """Means of the rows, 0 to 1."""
    column = image.resize((1, image.height), Image.Resampling.BOX)
    return [value / 255 for value in column.tobytes()]


def _held(weights: Sequence[float], begin: float, part: float) -> float:
    """What a crop holds; what is in its middle counts most, at its edges half."""
    count = len(weights)
    first, last = round(begin * count), round((begin + part) * count)
    middle, half = (first + last - 1) / 2, max((last - first) / 2, 0.5)
    return sum(
        weights[n] * (1 - 0.5 * ((n - middle) / half) ** 2) for n in range(first, min(last, count))
    )


def _edge(edges: Sequence[float], at: float) -> float:
    """How much an edge cuts through, 0 to 1; nothing at the picture's own edge."""
    place = round(at * len(edges))
    return edges[place] if 0 < place < len(edges) else 0.0


# --- what is to be seen -----------------------------------------------------------------------


def _subject(frame: MeasuredPicture) -> Image.Image:
    """How much each place belongs to the subject, 0 to 255."""
    edges = frame.fine.filter(ImageFilter.BoxBlur(3)).point(_times(EDGES))
    colour = _unlike_border(frame.picture).point(_times(FAR_COLOUR))
    seen = ImageChops.add(ImageChops.add(edges, colour), _letters(frame))
    if frame.measure.skin > MOST_SKIN:
        return seen
    return ImageChops.add(seen, frame.skin.filter(ImageFilter.BoxBlur(3)).point(_times(SKIN)))


def _letters(frame: MeasuredPicture) -> Image.Image:
    """255 where letters seem to be: strokes close beside each other."""
    around = _outlines(frame, upright=True, wide=1).filter(ImageFilter.BoxBlur((6, 2)))
    return around.point([255 * (value >= 255 * _LETTERS) for value in range(256)])


def _unlike_border(picture: Image.Image) -> Image.Image:
    """By how much the colour of each place differs from the mean along the border."""
    border = picture.copy()
    width, height = border.size
    edge = max(min(width, height) // 12, 1)
    mask = Image.new("L", border.size, 255)
    mask.paste(0, (edge, edge, width - edge, height - edge))
    mean = tuple(round(value) for value in ImageStat.Stat(border, mask).mean)
    differ = ImageChops.difference(picture, Image.new("RGB", picture.size, mean))
    red, green, blue = differ.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _outlines(frame: MeasuredPicture, *, upright: bool, wide: int = 3) -> Image.Image:
    """255 on the outlines of things that a crop's edge there would cut through: where what lies beside
    along the edge differs. Letters are nothing but outlines."""
    step = (1, 0) if upright else (0, 1)
    beside = ImageChops.difference(frame.luma, ImageChops.offset(frame.luma, *step))
    # An offset comes round: what is first would be compared with what is last.
    first = (1, beside.height) if upright else (beside.width, 1)
    beside.paste(0, (0, 0, *first))
    strokes = beside.point([255 * (value >= _STROKE) for value in range(256)])
    return strokes.filter(ImageFilter.MaxFilter(wide))


def _times(factor: float) -> list[int]:
    return [min(round(value * factor), 255) for value in range(256)]
