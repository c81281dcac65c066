"""Films with a drawn stand-in for TikTok's watermark. It does what is told of the mark, and looks like no
company's: a note-like glyph, a word-like row of letters and a handle under them, white, let through a
little, with a soft shadow; it stands in one corner, then in the opposite one, every few seconds; at the end
often a dark card with all of it in the middle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from tests.media.grounds import GROUNDS, RATE, SHAPES, Size, make_ground, size_of, write_film

OPPOSITE = {
    "upper left": "lower right",
    "lower right": "upper left",
    "upper right": "lower left",
    "lower left": "upper right",
}
_BIG = 4
"""Marks are drawn so many times larger, then made small."""
_SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ven",
    "tu",
    "ras",
    "pel",
    "no",
    "zi",
    "fer",
    "qua",
    "dil",
    "bo",
    "han",
    "vex",
    "ody",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a mark looks. `width` is of the glyph and word, as a part of the short side; `seed` draws
    letters and glyph; `opacity` lets the ground through."""

    seed: str
    word: str
    handle: str
    width: float
    opacity: float
    shadow: float
    fringed: bool = False
    right_aligned: bool = False
    """Whether its rows end together in right corners; they begin together otherwise."""


@dataclass(frozen=True, slots=True)
class MarkedVideo:
    """A film with a mark. `turns` are the seconds at which it changes its corner, which is `first` at
    the start; `card` are the seconds of the card at the end, 0 for none; `margins` are parts of the
    picture's sides."""

    name: str
    ground: str
    size: Size
    mark: Mark
    first: str
    turns: tuple[float, ...]
    seconds: float
    card: float
    margins: tuple[float, float]
    quality: int = 26
    card_handle: str = ""
    """Another handle on the card than in the mark."""

    @property
    def lines(self) -> int:
        return min(self.size)

    @property
    def both_corners(self) -> bool:
        return bool(self.turns)

    def corner(self, seconds: float) -> str:
        """Where the mark stands."""
        turned = sum(turn <= seconds for turn in self.turns)
        return OPPOSITE[self.first] if turned % 2 else self.first


def marked_video(number: int, of: str) -> MarkedVideo:
    """Film `number` of a set: grounds, sizes and shapes take turns, the rest is drawn by lot. Of eleven,
    one is so short that its mark never changes place; it has a card then."""
    rng = random.Random(f"marked {of} {number}")
    ground = GROUNDS[number % 5]
    shape = SHAPES[(0, 0, 1, 2)[number // 5 % 4]]
    lines = (540, 720, 1080)[number // 3 % 3]
    mark = random_mark(rng, f"{of} {number}")
    short = number % 11 == 7
    seconds = rng.uniform(2.5, 3.5) if short else rng.uniform(6, 8)
    stay = rng.uniform(1.6, 3.2)
    turns, at = [], rng.uniform(1.2, stay)
    while not short and at < seconds - 1:
        turns.append(at)
        at += stay * rng.uniform(0.85, 1.15)
    return MarkedVideo(
        name=f"{of}-{number:03}-{ground}-{lines}",
        ground=ground,
        size=size_of(lines, shape),
        mark=mark,
        first=rng.choice(["upper left", "upper left", "lower right", "upper right"]),
        turns=tuple(turns),
        seconds=seconds,
        card=rng.uniform(1.2, 2.0) if short or rng.random() < 0.5 else 0.0,
        margins=(rng.uniform(0.02, 0.06), rng.uniform(0.02, 0.11)),
        quality=rng.choice((20, 26, 26, 30)),
    )


def random_mark(rng: random.Random, seed: str) -> Mark:
    parts = rng.sample(_SYLLABLES, rng.choice((1, 2, 2, 3, 5)))
    return Mark(
        seed=seed,
        word="".join(rng.sample(_SYLLABLES, 2))[:6].capitalize(),
        handle="@" + rng.choice(("", "_", ".")).join(parts) + rng.choice(("", "", "7", "_22")),
        width=rng.uniform(0.19, 0.27),
        opacity=rng.uniform(0.6, 0.92),
        shadow=rng.uniform(0.25, 0.6),
        fringed=rng.random() < 0.3,
        right_aligned=rng.random() < 0.4,
    )


def write_marked(video: MarkedVideo, folder: Path) -> Path:
    """Write the film."""
    return write_film(folder / f"{video.name}.mp4", video.size, _frames(video), video.quality)


def _frames(video: MarkedVideo) -> Iterator[Image.Image]:
    ground = make_ground(video.ground, random.Random(video.name), video.size)
    for number in range(round(video.seconds * RATE)):
        seconds = number / RATE
        image = ground(seconds)
        stamp(image, video.mark, video.corner(seconds), video.margins)
        yield image
    for _ in range(round(video.card * RATE)):
        yield end_card(
            video.size, replace(video.mark, handle=video.card_handle or video.mark.handle)
        )


def stamp(image: Image.Image, mark: Mark, corner: str, margins: tuple[float, float]) -> None:
    """Draw a mark into a corner of a picture."""
    white, alpha, dark = _layers(mark, min(image.size), mark.right_aligned and "right" in corner)
    x, y = round(margins[0] * image.width), round(margins[1] * image.height)
    left = image.width - x - white.width if "right" in corner else x
    top = image.height - y - white.height if "lower" in corner else y
    image.paste((0, 0, 0), (left, top), dark)
    image.paste(white, (left, top), alpha)


@cache
def _layers(
    mark: Mark, short: int, right_aligned: bool
) -> tuple[Image.Image, Image.Image, Image.Image]:
    """The mark's colours, how much it covers, and how much its shadow does, with some room around."""
    shape = mark_shape(mark, short, right_aligned)
    soft = max(1.0, short / 400)
    room = round(soft * 4)
    alpha = Image.new("L", (shape.width + 2 * room, shape.height + 2 * room))
    alpha.paste(shape, (room, room))
    dark = ImageChops.offset(alpha, round(soft / 2)).filter(ImageFilter.GaussianBlur(soft))
    colours = Image.new("RGB", alpha.size, "white")
    if mark.fringed:
        step = max(1, short // 270)
        for colour, away in (((80, 240, 235), -step), ((250, 60, 90), step)):
            edge = ImageChops.subtract(alpha, ImageChops.offset(alpha, away, 0))
            edge.paste(0, (round(alpha.width * 0.3), 0, *edge.size))
            colours.paste(colour, mask=edge)
    return (
        colours,
        alpha.point([round(v * mark.opacity) for v in range(256)]),
        dark.point([round(v * mark.shadow) for v in range(256)]),
    )


def mark_shape(mark: Mark, short: int, right_aligned: bool) -> Image.Image:
    """Glyph, word and handle as white on black."""
    rng = random.Random(mark.seed)
    wide = round(mark.width * short * _BIG)
    tall = round(wide * rng.uniform(0.24, 0.32))
    glyph = _glyph(rng, tall)
    word = _words(rng, mark.word, round(tall * 0.8), bold=True)
    word = word.resize((max(1, wide - glyph.width - tall // 8), word.height))
    handle = _words(rng, mark.handle, round(tall * rng.uniform(0.42, 0.55)), bold=False)
    gap = round(tall * rng.uniform(0.15, 0.3))
    across = max(wide, handle.width)
    image = Image.new("L", (across, tall + gap + handle.height))
    row = across - wide if right_aligned else 0
    image.paste(glyph, (row, 0))
    image.paste(word, (row + wide - word.width, (tall - word.height) // 2))
    image.paste(handle, (across - handle.width if right_aligned else 0, tall + gap))
    return image.resize(
        (max(1, image.width // _BIG), max(1, image.height // _BIG)), Image.Resampling.LANCZOS
    )


def _glyph(rng: random.Random, tall: int) -> Image.Image:
    """Something like a note: heads, stems, a flag, a beam or a hook."""
    wide = round(tall * rng.uniform(0.75, 1.0))
    image = Image.new("L", (wide, tall))
    draw = ImageDraw.Draw(image)
    thick, head = round(tall * rng.uniform(0.12, 0.18)), tall * rng.uniform(0.32, 0.44)
    stem = wide * rng.uniform(0.45, 0.6)
    kind = rng.randrange(3)
    low = tall - head
    draw.ellipse((stem - head, low, stem, tall - 1), outline=255, width=thick)
    draw.rectangle((stem - thick, 0, stem, tall - head / 2), fill=255)
    if kind == 0:
        draw.arc(
            (stem - thick, -tall * 0.4, wide * 1.3, tall * 0.35), 20, 180, fill=255, width=thick
        )
    elif kind == 1:
        draw.rectangle((stem - thick, 0, wide - 1, thick), fill=255)
        draw.rectangle((wide - thick, 0, wide - 1, tall * 0.8), fill=255)
        draw.ellipse((wide - head, low - tall * 0.08, wide - 1, low + head * 0.8), fill=255)
    else:
        draw.polygon(
            [(stem, 0), (wide - 1, tall * 0.3), (wide - 1, tall * 0.5), (stem, tall * 0.25)], 255
        )
    return image


def _words(rng: random.Random, text: str, tall: int, *, bold: bool) -> Image.Image:
    """A row of letters, wide or narrow, upright or slanted, thick or thin, by lot."""
    font = ImageFont.load_default(tall)
    stroke = round(tall * (rng.uniform(0.03, 0.07) if bold else rng.uniform(0, 0.025)))
    left, top, right, bottom = font.getbbox(text, stroke_width=stroke)
    image = Image.new("L", (round(right - left), round(bottom - top)))
    ImageDraw.Draw(image).text((-left, -top), text, 255, font, stroke_width=stroke)
    slant = rng.choice((0.0, 0.0, 0.2))
    width = round(image.width + slant * image.height)
    image = image.transform(
        (width, image.height), Image.Transform.AFFINE, (1, slant, -slant * image.height, 0, 1, 0)
    )
    return image.resize((round(width * rng.uniform(0.85, 1.2)), image.height))


def end_card(size: Size, mark: Mark) -> Image.Image:
    """The card at the end: glyph, word and handle in the middle of a dark ground."""
    rng = random.Random(f"{mark.seed} card")
    dark = rng.randrange(0, 26)
    image = Image.new("RGB", size, (dark, dark, dark))
    short = min(size)
    drawn = random.Random(mark.seed)
    glyph = _glyph(drawn, round(short * rng.uniform(0.12, 0.18)))
    word = _words(drawn, mark.word, round(short * 0.08), bold=True)
    handle = _words(rng, mark.handle, round(short * rng.uniform(0.04, 0.055)), bold=False)
    top = round(size[1] * rng.uniform(0.36, 0.42))
    for part, gap in ((glyph, 0.02), (word, 0.045), (handle, 0.0)):
        image.paste((255, 255, 255), ((size[0] - part.width) // 2, top), part)
        top += part.height + round(short * gap)
    return image
