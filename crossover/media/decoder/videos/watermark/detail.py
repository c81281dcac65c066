"""The fine detail of pictures, as lighter and darker than around it: where it lies close together, and how
alike it is in two. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from PIL import Image, ImageChops, ImageFilter

LINES = 320
"""The short side of the pictures that are looked at."""
CORNER = 0.5, 0.4
"""How much of width and height counts as a corner."""
GAIN = 4
"""Detail is told so many times as strong, up to 255."""
AROUND = 6
"""Pixels around one that its brightness is compared with."""
CELL = 8
"""Pixels of a side of the cells in which a place is looked for."""
WINDOW = 10, 6
"""Cells that a mark covers, across and down."""
FAINTEST = 28
"""Detail under this is noise."""
LEAST_CONTRAST = 3
"""How many times the detail of its surroundings a place must have."""
ROOM = 24, 6
"""Pixels around a place that a mark may go on in."""

Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Detail:
    """The fine detail of a picture `at` so many seconds: its upper half what is lighter than around it,
    its lower half what is darker."""

    at: float
    lighter: Image.Image
    darker: Image.Image

    @property
    def size(self) -> tuple[int, int]:
        return self.lighter.size

    def crop(self, box: Place) -> Image.Image:
        """The detail of a part, both kinds in one picture, one above the other."""
        return stack(self.lighter.crop(box), self.darker.crop(box))


def detail_of(at: float, grey: Image.Image) -> Detail:
    """Take the detail of a grey picture."""
    soft = grey.filter(ImageFilter.BoxBlur(AROUND))
    return Detail(
        at,
        ImageChops.subtract(grey, soft, 1 / GAIN),
        ImageChops.subtract(soft, grey, 1 / GAIN),
    )


def stack(upper: Image.Image, lower: Image.Image) -> Image.Image:
    both = Image.new("L", (upper.width, upper.height * 2))
    both.paste(upper)
    both.paste(lower, (0, upper.height))
    return both


def halves(strip: Image.Image) -> tuple[Image.Image, Image.Image]:
    """What `stack` put together."""
    half = strip.height // 2
    return strip.crop((0, 0, strip.width, half)), strip.crop((0, half, strip.width, 2 * half))


def total(image: Image.Image) -> int:
    """The sum of all values."""
    return sum(value * times for value, times in enumerate(image.histogram()))


def four_corners(size: tuple[int, int]) -> tuple[Place, Place, Place, Place]:
    """Upper left, lower right, upper right, lower left."""
    width, height = size
    across, down = round(width * CORNER[0]), round(height * CORNER[1])
    left, right = (0, across), (width - across, width)
    upper, lower = (0, down), (height - down, height)
    return (
        (left[0], upper[0], left[1], upper[1]),
        (right[0], lower[0], right[1], lower[1]),
        (right[0], upper[0], right[1], upper[1]),
        (left[0], lower[0], left[1], lower[1]),
    )


def place_in(box: Place, corner: Place) -> Place:
    """A box within a corner, as one of the whole picture."""
    x, y = corner[:2]
    return box[0] + x, box[1] + y, box[2] + x, box[3] + y


def widen(box: Place) -> Place:
    """The box with room for a long handle."""
    return box[0] - ROOM[0], box[1] - ROOM[1], box[2] + ROOM[0], box[3] + ROOM[1]


@dataclass(frozen=True, slots=True)
class Densest:
    """Where most of the detail lies close together, and how much more there is than elsewhere."""

    place: Place
    contrast: float


def densest(strip: Image.Image) -> Densest | None:
    """Find where most of the detail lies close together, if it does."""
    strong = strip.point([0 if v < FAINTEST else v for v in range(256)])
    whole = ImageChops.add(*halves(strong), 2)
    across, down = whole.width // CELL, whole.height // CELL
    cells = whole.resize((across, down), Image.Resampling.BOX).tobytes()
    everything = sum(cells)
    if everything < 40:
        return None
    wide, high = min(WINDOW[0], across), min(WINDOW[1], down)
    columns = [
        [sum(cells[(y + n) * across + x] for n in range(high)) for x in range(across)]
        for y in range(down - high + 1)
    ]
    best, x, y = max(
        (sum(row[x : x + wide]), x, y)
        for y, row in enumerate(columns)
        for x in range(across - wide + 1)
    )
    outside = max(1, across * down - wide * high)
    contrast = best / (wide * high) / max((everything - best) / outside, 0.01)
    if contrast < LEAST_CONTRAST or best < 40:
        return None
    place = x * CELL, y * CELL, (x + wide) * CELL, (y + high) * CELL
    return Densest(place, contrast)


def mean(images: Sequence[Image.Image]) -> Image.Image:
    """The mean of pictures of one size."""
    both = images[0]
    for number, image in enumerate(images[1:], 2):
        both = Image.blend(both, image, 1 / number)
    return both


def correlation(a: bytes, b: bytes) -> float:
    """How alike two rows of values are: 1 where they rise and fall alike, 0 for nothing in common."""
    middle_a, middle_b = (sum(one) / len(one) for one in (a, b))
    together = sum((x - middle_a) * (y - middle_b) for x, y in zip(a, b, strict=True))
    alone = [sum((x - middle) ** 2 for x in one) for one, middle in ((a, middle_a), (b, middle_b))]
    return together / sqrt(alone[0] * alone[1]) if all(alone) else 0.0
