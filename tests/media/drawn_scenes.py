"""Scenes that made films show: views, rooms, people, things and words, drawn, and how they move."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter, ImageFont

TALL, WIDE, SQUARE = (270, 480), (480, 270), (320, 320)
RATE = 10
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Draw = Callable[[int, int], Image.Image]
"""Draws frame n of so many."""
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
SKINS: tuple[Colour, ...] = ((236, 188, 160), (198, 134, 100), (128, 82, 58))


def plain(size: tuple[int, int], colour: Colour) -> Image.Image:
    return Image.new("RGB", size, colour)


def view(size: tuple[int, int], seed: int) -> Image.Image:
    """Sky, hills and a meadow of soft colours, with some grain."""
    rng = random.Random(f"view {seed}")
    width, height = size
    top = tuple(rng.randint(90, 190) for _ in range(3))
    image = Image.linear_gradient("L").resize(size)
    sky = Image.composite(
        plain(size, (235, 225, 210)), plain(size, (top[0], top[1], top[2])), image
    )
    draw = ImageDraw.Draw(sky)
    for layer in range(3):
        base = height * (0.45 + 0.17 * layer)
        shade = tuple(int(c * (0.9 - 0.2 * layer)) for c in (120, 150, 110))
        wave, shift = rng.uniform(1, 3), rng.uniform(0, 6)
        points = [
            (x, base + math.sin(shift + wave * x / width * 3) * height * 0.05)
            for x in range(0, width + 8, 8)
        ]
        draw.polygon([*points, (width, height), (0, height)], fill=shade)
    for _ in range(40):
        x, y = rng.randrange(width), rng.randrange(height // 2, height)
        draw.ellipse((x, y, x + 6, y + 4), fill=tuple(rng.randint(60, 200) for _ in range(3)))
    return sky


def room(size: tuple[int, int], seed: int) -> Image.Image:
    """A wall with a shelf, a window and a floor."""
    rng = random.Random(f"room {seed}")
    width, height = size
    wall = tuple(rng.randint(150, 215) for _ in range(3))
    image = plain(size, (wall[0], wall[1], wall[2]))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, height * 0.8, width, height), fill=tuple(int(c * 0.6) for c in wall))
    return image


def person(
    image: Image.Image,
    x: float,
    y: float,
    radius: float,
    skin: Colour = SKINS[0],
    eyes: bool = True,
) -> Image.Image:
    """Head and shoulders; the middle of the face at x, y, from 0 to 1, `radius` in parts of the
    shorter side."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    r = radius * min(image.size)
    cx, cy = x * image.width, y * image.height
    draw.ellipse((cx - r * 1.9, cy + r * 1.3, cx + r * 1.9, cy + r * 5), fill=(60, 80, 140))
    draw.ellipse((cx - r * 1.15, cy - r * 1.5, cx + r * 1.15, cy + r), fill=(60, 40, 30))
    draw.rectangle((cx - r * 0.35, cy + r * 0.8, cx + r * 0.35, cy + r * 1.5), fill=skin)
    draw.ellipse((cx - r * 0.9, cy - r * 1.15, cx + r * 0.9, cy + r * 1.15), fill=skin)
    for side in (-1, 1):
        ex = cx + side * r * 0.4
        if eyes:
            draw.ellipse((ex - r * 0.2, cy - r * 0.3, ex + r * 0.2, cy), fill=WHITE)
            draw.ellipse(
                (ex - r * 0.1, cy - r * 0.25, ex + r * 0.1, cy - r * 0.05), fill=(40, 30, 30)
            )
        else:
            draw.line((ex - r * 0.2, cy - r * 0.15, ex + r * 0.2, cy - r * 0.15), fill=(90, 50, 40))
    draw.arc((cx - r * 0.4, cy + r * 0.2, cx + r * 0.4, cy + r * 0.7), 20, 160, (150, 40, 50), 2)
    return image


def face_box(x: float, y: float, radius: float, size: tuple[int, int]) -> Box:
    """The face of a `person`, in parts of the picture."""
    across, down = (radius * min(size) / side for side in size)
    return x - across * 0.9, y - down * 1.1, x + across * 0.9, y + down * 1.1


def product(image: Image.Image, x: float, y: float, radius: float) -> Image.Image:
    """A striped jar."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    r = radius * min(image.size)
    cx, cy = x * image.width, y * image.height
    draw.rounded_rectangle((cx - r, cy - r, cx + r, cy + r), r * 0.3, fill=(190, 60, 50))
    for stripe in (-0.5, 0, 0.5):
        draw.rectangle(
            (cx - r, cy + r * (stripe - 0.1), cx + r, cy + r * (stripe + 0.1)), fill=WHITE
        )
    draw.rectangle((cx - r * 0.6, cy - r * 1.3, cx + r * 0.6, cy - r), fill=(70, 50, 40))
    return image


def thing_box(x: float, y: float, radius: float, size: tuple[int, int]) -> Box:
    across, down = (radius * min(size) / side for side in size)
    return x - across * 0.9, y - down * 0.9, x + across * 0.9, y + down * 0.9


def words(
    image: Image.Image,
    text: str,
    y: float,
    *,
    x: float = 0.5,
    height: float = 0.05,
    colour: Colour = WHITE,
) -> Image.Image:
    """Outlined letters around x, y; `height` in parts of the longer side."""
    image = image.copy()
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(height * max(image.size))
    draw.text(
        (x * image.width, y * image.height),
        text,
        colour,
        font,
        "mm",
        stroke_width=max(round(height * 24), 1),
        stroke_fill=BLACK if colour == WHITE else WHITE,
    )
    return image


def words_box(
    text: str, y: float, size: tuple[int, int], *, x: float = 0.5, height: float = 0.05
) -> Box:
    font = ImageFont.load_default(height * max(size))
    left, top, right, bottom = font.getbbox(text, anchor="mm")
    return x + left / size[0], y + top / size[1], x + right / size[0], y + bottom / size[1]


def blurred(image: Image.Image, pixels: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(pixels))


def smeared(image: Image.Image, pixels: int) -> Image.Image:
    """Moved while the shutter was open."""
    return image.filter(ImageFilter.BoxBlur((pixels, 0)))


def dimmed(image: Image.Image, light: float) -> Image.Image:
    return image.point([min(round(value * light), 255) for value in range(256)] * 3)


def mixed(one: Image.Image, other: Image.Image, part: float) -> Image.Image:
    return Image.blend(one, other, min(max(part, 0.0), 1.0))


def inside(size: tuple[int, int], picture: Image.Image, bars: Colour | Image.Image) -> Image.Image:
    """A picture in the middle of a larger frame."""
    frame = bars.copy() if isinstance(bars, Image.Image) else plain(size, bars)
    frame.paste(picture, ((size[0] - picture.width) // 2, (size[1] - picture.height) // 2))
    return frame


def swaying(image: Image.Image, number: int, *, by: float = 2) -> Image.Image:
    """A hand-held camera: the picture moves a little from frame to frame."""
    dx, dy = by * math.sin(number * 0.9), by * math.cos(number * 0.7)
    box = (by + dx, by + dy, image.width - by + dx, image.height - by + dy)
    return image.resize(image.size, Image.Resampling.BILINEAR, box=box)


def steady(image: Image.Image) -> Draw:
    """One scene, a little swaying."""
    return lambda number, _: swaying(image, number)


def cut(*parts: tuple[float, Draw | Image.Image]) -> Draw:
    """Scenes one after the other; each lasts up to its part of the film."""

    def draw(number: int, count: int) -> Image.Image:
        scene = next(scene for until, scene in parts if number < until * count)
        return swaying(scene, number) if isinstance(scene, Image.Image) else scene(number, count)

    return draw


def fade(start: Colour, scene: Image.Image, frames: int) -> Draw:
    """A scene that comes out of one colour."""
    blank = plain(scene.size, start)
    return lambda number, _: mixed(blank, scene, number / frames)
