"""Made pictures that films are made of: busy, dark, bright, moving and still ones, the same at every call."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from math import cos, pi, sin
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFilter

RATE = 8
"""Frames a second of a made film."""
SHAPES = ((9, 16), (16, 9), (1, 1))
GROUNDS = ("busy", "dark", "bright", "moving", "static")

Size = tuple[int, int]
Ground = Callable[[float], Image.Image]
"""The picture at so many seconds."""


def size_of(lines: int, shape: tuple[int, int]) -> Size:
    """Width and height of a film whose short side has so many lines, both even."""
    across, down = shape
    short = min(across, down)
    return lines * across // short // 2 * 2, lines * down // short // 2 * 2


def make_ground(name: str, rng: random.Random, size: Size) -> Ground:
    """A ground of this kind."""
    if name == "static":
        return _still(rng, size)
    low, high = {"dark": (4, 60), "bright": (190, 255)}.get(name, (20, 235))
    things = {"busy": 260, "moving": 70}.get(name, 45)
    world = draw_scene(rng, (size[0] * 2, size[1] * 2), low, high, things)
    speed = {"busy": 0.35, "moving": 0.5}.get(name, 0.12) * min(size) * rng.uniform(0.7, 1.3)
    turn, phase = rng.uniform(0.1, 0.5), rng.uniform(0, 2 * pi)
    room = size[0] / 2, size[1] / 2

    def at(seconds: float) -> Image.Image:
        way = phase + speed * seconds / (min(size) / 2)
        left = room[0] * (1 + 0.95 * sin(way))
        top = room[1] * (1 + 0.95 * cos(way * turn * 2))
        corner = round(left), round(top)
        return world.crop((*corner, corner[0] + size[0], corner[1] + size[1]))

    return at


def _still(rng: random.Random, size: Size) -> Ground:
    """A tripod's view: nothing moves but a small thing in the middle, and the grain."""
    tone = rng.choice(((4, 60), (20, 235), (20, 235), (190, 255)))
    view = draw_scene(rng, size, *tone, rng.choice((30, 200)))
    spot, colour = min(size) // 8, tuple(rng.randbytes(3))
    grain = [Image.effect_noise((size[0] // 2, size[1] // 2), 6).resize(size) for _ in range(3)]

    def at(seconds: float) -> Image.Image:
        image = view.copy()
        x = size[0] / 2 + spot * sin(seconds * 2)
        y = size[1] / 2 + spot * cos(seconds * 3)
        ImageDraw.Draw(image).ellipse((x - spot, y - spot, x + spot, y + spot), fill=colour)
        noise = grain[round(seconds * RATE) % len(grain)].convert("RGB")
        return Image.blend(image, noise, 0.03)

    return at


def draw_scene(rng: random.Random, size: Size, low: int, high: int, things: int) -> Image.Image:
    """Something like a view in brightnesses from `low` to `high`: patches of light, so many things in
    it, and a texture over all."""

    def tone() -> tuple[int, int, int]:
        middle = rng.uniform(low, high)
        r, g, b = (
            round(min(max(middle + rng.uniform(-0.2, 0.2) * (high - low), low), high))
            for _ in range(3)
        )
        return r, g, b

    cells = Image.new("RGB", (6, 8))
    cells.putdata([tone() for _ in range(48)])
    image = cells.resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(image)
    unit = min(size)
    for _ in range(things):
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        wide, high_ = (unit * rng.uniform(0.01, 0.11) for _ in range(2))
        box = (x, y, x + wide, y + high_)
        match rng.randrange(4):
            case 0:
                draw.rectangle(box, fill=tone())
            case 1:
                draw.ellipse(box, fill=tone(), outline=tone(), width=max(1, unit // 300))
            case 2:
                draw.line(box, fill=tone(), width=max(1, round(unit * rng.uniform(0.002, 0.012))))
            case _:
                corners = [(x + wide * rng.random(), y + high_ * rng.random()) for _ in range(4)]
                draw.polygon(corners, fill=tone())
    texture = Image.effect_noise((size[0] // 2, size[1] // 2), 60).resize(size)
    image = Image.blend(image, Image.merge("RGB", [texture] * 3), 0.05)
    if low < 20 <= high < 100 or rng.random() < 0.4:
        image = image.filter(ImageFilter.GaussianBlur(unit / 540))
    return image.point([min(max(v, low), high) for v in range(256)] * 3)


def write_film(path: Path, size: Size, frames: Iterator[Image.Image], quality: int = 26) -> Path:
    """Encode frames as H.264, as quickly as can be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=RATE)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "ultrafast", "crf": str(quality)}
        for image in frames:
            frame = av.VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
    return path
