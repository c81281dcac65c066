"""Finds a small thing that stands now in one corner of a film, now in the opposite one. Loaded by the
child process only.

It is told by what it does, not by how it looks: while it stands, it stands still, whatever moves behind
it; when it goes from one corner, the same thing comes in the other. Of each picture only the fine detail is
looked at, as lighter and darker than around it, so that a white sign on white is seen by its shadow.
"""

from __future__ import annotations

import itertools
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
    total,
    widen,
)

MOST_MATCHED = 32
"""Moments at which something may have changed corners, the clearest ones, are looked at closely."""
AWAY = 12
"""Pixels by which two sightings may be off from where the cells have them."""
LEAST_ALIKE = 0.2
"""How alike (0 to 1) what goes here and what comes there must be, to be looked at further."""
LEAST_PICTURES = 6
MOST_CHECKED = 6
"""The most alike sightings are looked for in all pictures."""
LEAST_SEEN = 2
"""Pictures that must have it in each corner."""
STROKE = 3
"""Pixels around one that tell a stroke from light or shadow that is wider."""
OFF = 10
"""Pixels by which two shapes of one thing may be off from each other."""
FAINT_MEAN = 14
"""Detail of a mean that is noise."""
SEEN, GONE = 0.45, 0.22
"""How much of a mark must be found in a picture to be there, and at most to be away."""


@dataclass(frozen=True, slots=True)
class CornerMark:
    """A thing in two opposite corners: where it stands, as boxes in the pictures looked at, and when it
    was seen there. `alike` (0 to 1) is how alike both are, `shapes` their detail; `held` the part of
    the pictures that had it in just one of both corners."""

    boxes: tuple[Place, Place]
    seen: tuple[tuple[float, ...], tuple[float, ...]]
    alike: float
    shapes: tuple[Image.Image, Image.Image]
    held: float


def find_corner_mark(details: Sequence[Detail]) -> CornerMark | None:
    """Find the thing that changes corners; the one that is seen best of several. `details` are of
    pictures of one size, in order, near enough to each other that some in a row have it in one place."""
    if len(details) < LEAST_PICTURES:
        return None
    sightings = sorted(_sightings(details), key=lambda one: one.alike, reverse=True)
    checked = [_check(one, details) for one in sightings[:MOST_CHECKED]]
    return max((one for one in checked if one), key=lambda one: one.held * one.alike, default=None)


@dataclass(frozen=True, slots=True)
class _Sighting:
    """What went from one place and came to another between two pictures."""

    first: Place
    second: Place
    shape: Image.Image
    alike: float


def _sightings(details: Sequence[Detail]) -> Iterator[_Sighting]:
    turns = sorted(_turns(details), key=lambda turn: turn.contrast, reverse=True)
    for turn in turns[:MOST_MATCHED]:
        if found := _match(turn):
            box, other, shape, alike = found
            places = place_in(box, turn.corners[0]), place_in(other, turn.corners[1])
            yield _Sighting(*(places if turn.forth else places[::-1]), shape, alike)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What went from one corner and came to the other between two pictures, and where most of both
    lies. `forth`: from the first corner of a pair to the second."""

    corners: tuple[Place, Place]
    forth: bool
    went: Image.Image
    came: Image.Image
    first: Place
    second: Place
    contrast: float


def _turns(details: Sequence[Detail]) -> Iterator[_Turn]:
    found_corners = four_corners(details[0].size)
    for corners in (found_corners[:2], found_corners[2:]):
        strips = [[detail.crop(corner) for detail in details] for corner in corners]
        stay = [[ImageChops.darker(a, b) for a, b in itertools.pairwise(s)] for s in strips]
        any_ = [[ImageChops.lighter(a, b) for a, b in itertools.pairwise(s)] for s in strips]
        for turn in range(1, len(details) - 2):
            before, after = turn - 1, turn + 1
            for here, there in ((0, 1), (1, 0)):
                went = ImageChops.subtract(stay[here][before], any_[here][after])
                came = ImageChops.subtract(stay[there][after], any_[there][before])
                first, second = densest(went), densest(came)
                if first and second:
                    yield _Turn(
                        (corners[here], corners[there]),
                        here == 0,
                        went,
                        came,
                        first.place,
                        second.place,
                        min(first.contrast, second.contrast),
                    )


def _match(turn: _Turn) -> tuple[Place, Place, Image.Image, float] | None:
    """Find the same compact thing in both; its boxes there, its shape and how alike it is."""
    went, came, first, second = turn.went, turn.came, turn.first, turn.second
    shape = _cut(went, first)
    weight = total(shape)
    best, best_at = 0.0, second
    for step, reach, middle in ((3, AWAY, None), (1, 2, "best")):
        x, y = best_at[:2] if middle else second[:2]
        for dx in range(-reach, reach + 1, step):
            for dy in range(-reach, reach + 1, step):
                box = (x + dx, y + dy, x + dx + first[2] - first[0], y + dy + first[3] - first[1])
                there = _cut(came, box)
                alike = 2 * total(ImageChops.darker(shape, there)) / (weight + total(there) or 1)
                if alike > best:
                    best, best_at = alike, box
    if best < LEAST_ALIKE:
        return None
    return first, best_at, ImageChops.darker(shape, _cut(came, best_at)), best


def _cut(strip: Image.Image, box: Place) -> Image.Image:
    upper, lower = halves(strip)
    return stack(upper.crop(box), lower.crop(box))


def agreement(strip: Image.Image, shape: Image.Image, weight: int) -> float:
    """How much of a shape is found in the detail of a picture: 1 all of it, 0 no more than by chance."""
    lighter, darker = halves(shape)
    swapped = stack(darker, lighter)
    same, other = (total(ImageChops.darker(strip, one)) for one in (shape, swapped))
    return (same - other) / max(weight, 1)


def _check(one: _Sighting, details: Sequence[Detail]) -> CornerMark | None:
    """Look for the thing in every picture, and take its shape anew from all that have it."""
    weight = total(one.shape)
    seen: tuple[list[Detail], list[Detail]] = [], []
    for detail in details:
        here = [agreement(detail.crop(box), one.shape, weight) for box in (one.first, one.second)]
        for place in (0, 1):
            if here[place] >= SEEN and here[1 - place] <= GONE:
                seen[place].append(detail)
    if min(map(len, seen)) < LEAST_SEEN:
        return None
    shapes = [
        _mean_difference(seen[place], seen[1 - place], widen(box))
        for place, box in enumerate((one.first, one.second))
    ]
    return CornerMark(
        (one.first, one.second),
        (tuple(d.at for d in seen[0]), tuple(d.at for d in seen[1])),
        _alike(shapes[0], shapes[1]),
        (shapes[0], shapes[1]),
        sum(map(len, seen)) / len(details),
    )


def _mean_difference(with_it: list[Detail], without: list[Detail], box: Place) -> Image.Image:
    there, away = (mean([one.crop(box) for one in some]) for some in (with_it, without))
    return ImageChops.subtract(there, away).point([0 if v < FAINT_MEAN else v for v in range(256)])


def _alike(a: Image.Image, b: Image.Image) -> float:
    """How alike two shapes are, the second moved by some pixels where that is better. On white only
    their darker parts are told well, on black the lighter ones: whichever says more."""
    pairs = [(_signed(a), _signed(b)), *zip(halves(a), halves(b), strict=True)]
    return max(_alike_strokes(_strokes(x), _strokes(y)) for x, y in pairs)


def _alike_strokes(a: Image.Image, b: Image.Image) -> float:
    best = 0, 0
    for reach, step in ((OFF, 2), (1, 1)):
        around = range(-reach, reach + 1, step)
        places = [(best[0] + x, best[1] + y) for x in around for y in around]
        best = max(places, key=lambda at: total(ImageChops.multiply(a, ImageChops.offset(b, *at))))
    return correlation(a.tobytes(), ImageChops.offset(b, *best).tobytes())


def _signed(shape: Image.Image) -> Image.Image:
    """Detail as one picture: grey is none, lighter is lighter."""
    return ImageChops.subtract(*halves(shape), 2, 128)


def _strokes(image: Image.Image) -> Image.Image:
    """The strokes in it, without the light or shadow around them: lighter ones over darker ones."""
    soft = image.filter(ImageFilter.BoxBlur(1))
    around = soft.filter(ImageFilter.BoxBlur(STROKE))
    return stack(ImageChops.subtract(soft, around, 0.5), ImageChops.subtract(around, soft, 0.5))
