"""Films without a watermark that are hard to tell from films with one: what creators and editors put on
their pictures themselves."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.media.grounds import (
    GROUNDS,
    RATE,
    SHAPES,
    Ground,
    Size,
    draw_scene,
    make_ground,
    size_of,
    write_film,
)
from tests.media.marked_videos import end_card, random_mark, stamp

Drawn = Callable[[Image.Image, float], None]
"""Draws onto the picture of so many seconds."""
WORDS = [
    "so",
    "then",
    "we",
    "went",
    "out",
    "to",
    "the",
    "old",
    "harbour",
    "and",
    "it",
    "rained",
    "all",
    "day",
    "long",
    "but",
    "nobody",
    "minded",
    "it",
]
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class UnmarkedVideo:
    """A film without a mark; `kind` is what makes it hard."""

    name: str
    kind: str
    ground: str
    size: Size
    seconds: float

    @property
    def lines(self) -> int:
        return min(self.size)


def unmarked_video(number: int, of: str) -> UnmarkedVideo:
    """Film `number` of a set: kinds, grounds, sizes and shapes take turns."""
    rng = random.Random(f"unmarked {of} {number}")
    kind = tuple(KINDS)[number % len(KINDS)]
    ground = GROUNDS[(number + number // len(KINDS)) % 5]
    lines = (540, 720, 1080)[number // 3 % 3]
    shape = SHAPES[(0, 0, 1, 2)[number // 5 % 4]]
    name = f"{of}-{number:03}-{kind.replace(' ', '-')}-{ground}-{lines}"
    return UnmarkedVideo(name, kind, ground, size_of(lines, shape), rng.uniform(5, 8))


def write_unmarked(video: UnmarkedVideo, folder: Path) -> Path:
    """Write the film."""
    rng = random.Random(video.name)
    ground = make_ground(video.ground, rng, video.size)
    if video.kind in _GROUNDS:
        ground = _GROUNDS[video.kind](rng, video.size)
    draw = KINDS[video.kind](rng, video.size)
    card = _own_card(rng, video.size) if "card" in video.kind else None

    def frames() -> Iterator[Image.Image]:
        for number in range(round(video.seconds * RATE)):
            image = ground(number / RATE).copy()
            draw(image, number / RATE)
            yield image
        if card:
            yield from [card] * round(rng.uniform(1.5, 2.5) * RATE)

    return write_film(folder / f"{video.name}.mp4", video.size, frames())


def _text(
    image: Image.Image, at: tuple[float, float], text: str, part: float, colour: object = WHITE
) -> None:
    """Letters of a `part` of the short side, around the middle `at`, with a dark edge."""
    tall = round(min(image.size) * part)
    ImageDraw.Draw(image).text(
        at,
        text,
        colour,  # type: ignore[arg-type]
        ImageFont.load_default(tall),
        "mm",
        stroke_width=max(1, tall // 14),
        stroke_fill=(0, 0, 0),
    )


def _phrase(rng: random.Random, count: int) -> str:
    start = rng.randrange(len(WORDS) - count)
    return " ".join(WORDS[start : start + count])


def _nothing(rng: random.Random, size: Size) -> Drawn:
    return lambda image, seconds: None


def _subtitles(rng: random.Random, size: Size) -> Drawn:
    lines, stay = [_phrase(rng, 4) for _ in range(20)], rng.uniform(0.6, 1.6)
    where = size[0] / 2, size[1] * rng.uniform(0.75, 0.9)
    return lambda image, seconds: _text(image, where, lines[int(seconds / stay)], 0.06)


def _static_logo(rng: random.Random, size: Size) -> Drawn:
    mark, corner = random_mark(rng, str(rng.random())), rng.choice(("upper left", "lower right"))
    return lambda image, seconds: stamp(image, mark, corner, (0.04, 0.04))


def _own_handle(rng: random.Random, size: Size) -> Drawn:
    """The creator's name alone, in one corner all the time."""
    handle, where = random_mark(rng, "").handle, (size[0] * 0.22, size[1] * 0.06)
    return lambda image, seconds: _text(image, where, handle, 0.04)


def _stickers(rng: random.Random, size: Size) -> Drawn:
    """Coloured things that come and go in corners."""
    short = min(size)
    some = [
        (rng.uniform(0, 6), rng.choice((0.12, 0.85)), rng.choice((0.1, 0.88)), rng.randbytes(3))
        for _ in range(6)
    ]

    def draw(image: Image.Image, seconds: float) -> None:
        for start, x, y, colour in some:
            if start <= seconds < start + 2:
                cx, cy, r = x * size[0], y * size[1], short * 0.07
                box = (cx - r, cy - r, cx + r, cy + r)
                ImageDraw.Draw(image).ellipse(box, fill=tuple(colour), outline=WHITE, width=4)
                _text(image, (cx, cy), "wow", 0.05)

    return draw


def _moving_text(rng: random.Random, size: Size) -> Drawn:
    """Words that slide about."""
    words, speed = _phrase(rng, 3), rng.uniform(0.5, 1.5)

    def draw(image: Image.Image, seconds: float) -> None:
        x = size[0] * (0.5 + 0.3 * sin(seconds * speed))
        y = size[1] * (0.5 + 0.4 * cos(seconds * speed * 0.7))
        _text(image, (x, y), words, 0.05)

    return draw


def _jumping_words(rng: random.Random, size: Size) -> Drawn:
    """One line of words, here and then in the opposite corner, now and again."""
    words, stay = _phrase(rng, 2), rng.uniform(1.5, 3)
    places = (size[0] * 0.25, size[1] * 0.1), (size[0] * 0.75, size[1] * 0.9)
    return lambda image, seconds: _text(image, places[int(seconds / stay) % 2], words, 0.06)


def _dialogue(rng: random.Random, size: Size) -> Drawn:
    """Two people's lines, each in their own corner, by turns; two rows each."""
    said, stay = [(_phrase(rng, 2), _phrase(rng, 3)) for _ in range(20)], rng.uniform(1.2, 2.5)
    places = (size[0] * 0.25, size[1] * 0.08), (size[0] * 0.75, size[1] * 0.86)

    def draw(image: Image.Image, seconds: float) -> None:
        turn = int(seconds / stay)
        x, y = places[turn % 2]
        _text(image, (x, y), said[turn][0], 0.055)
        _text(image, (x, y + min(size) * 0.07), said[turn][1], 0.035)

    return draw


def _jumping_sticker(rng: random.Random, size: Size) -> Drawn:
    """A coloured badge with a word that stands in one corner, then in the opposite one."""
    stay, colour, short = rng.uniform(1.5, 3), tuple(rng.randbytes(3)), min(size)
    places = (size[0] * 0.2, size[1] * 0.1), (size[0] * 0.8, size[1] * 0.9)

    def draw(image: Image.Image, seconds: float) -> None:
        x, y = places[int(seconds / stay) % 2]
        box = (x - short * 0.14, y - short * 0.05, x + short * 0.14, y + short * 0.05)
        ImageDraw.Draw(image).rounded_rectangle(box, short * 0.03, fill=colour)
        _text(image, (x, y), "sale", 0.06, (255, 230, 40))

    return draw


def _white_things(rng: random.Random, size: Size) -> Drawn:
    """Windows and lamps in the corners, now lit, now dark."""
    short, stay = min(size), rng.uniform(1, 2.5)

    def draw(image: Image.Image, seconds: float) -> None:
        turn = int(seconds / stay) % 2
        drawing = ImageDraw.Draw(image)
        for n, (x, y) in enumerate(((0.05, 0.04), (0.7, 0.85), (0.7, 0.04), (0.05, 0.85))):
            if n % 2 == turn:
                left, top = x * size[0], y * size[1]
                for step in range(3):
                    at = left + step * short * 0.07
                    drawing.rectangle((at, top, at + short * 0.05, top + short * 0.08), fill=WHITE)

    return draw


def _timer(rng: random.Random, size: Size) -> Drawn:
    where = size[0] * rng.choice((0.15, 0.85)), size[1] * rng.choice((0.06, 0.93))
    return lambda image, seconds: _text(image, where, f"00:{seconds:05.2f}", 0.06)


def _ticker(rng: random.Random, size: Size) -> Drawn:
    """News: words run along the lower edge, and a station's sign stands above."""
    news, logo = " +++ ".join(_phrase(rng, 6) for _ in range(6)), _static_logo(rng, size)

    def draw(image: Image.Image, seconds: float) -> None:
        tall = round(size[1] * 0.07)
        ImageDraw.Draw(image).rectangle((0, size[1] - tall, *size), fill=(160, 20, 20))
        _text(image, (size[0] * (2 - seconds * 0.4), size[1] - tall / 2), news, 0.045)
        logo(image, seconds)

    return draw


def _captions(rng: random.Random, size: Size) -> Drawn:
    """A caption for each slide, above or below, a heading and a line under it."""
    said = [(_phrase(rng, 2), _phrase(rng, 4), rng.choice((0.08, 0.88))) for _ in range(9)]

    def draw(image: Image.Image, seconds: float) -> None:
        head, line, y = said[int(seconds / 1.6)]
        _text(image, (size[0] * 0.3, size[1] * y), head, 0.07)
        _text(image, (size[0] * 0.3, size[1] * y + min(size) * 0.07), line, 0.035)

    return draw


def _slides(rng: random.Random, size: Size) -> Ground:
    views = [draw_scene(rng, size, 20, 235, 60) for _ in range(9)]
    return lambda seconds: views[int(seconds / 1.6)]


def _two_shots(rng: random.Random, size: Size) -> Ground:
    """Two cameras on tripods, by turns."""
    stay = rng.uniform(1, 2.5)
    views = [draw_scene(rng, size, 20, 235, 120) for _ in range(2)]
    return lambda seconds: views[int(seconds / stay) % 2]


def _own_card(rng: random.Random, size: Size) -> Image.Image:
    """A creator's own card at the end, much like the mark's."""
    if rng.random() < 0.5:
        return end_card(size, random_mark(rng, str(rng.random())))
    dark = tuple(rng.choice(((0, 0, 0), (20, 20, 60), (200, 180, 40))))
    image = Image.new("RGB", size, dark)
    _text(image, (size[0] / 2, size[1] * 0.42), "Thank you!", 0.12)
    _text(image, (size[0] / 2, size[1] * 0.55), random_mark(rng, "").handle, 0.05)
    return image


KINDS: dict[str, Callable[[random.Random, Size], Drawn]] = {
    "plain": _nothing,
    "subtitles": _subtitles,
    "static logo": _static_logo,
    "own handle": _own_handle,
    "stickers": _stickers,
    "moving text": _moving_text,
    "jumping words": _jumping_words,
    "dialogue": _dialogue,
    "jumping sticker": _jumping_sticker,
    "white things": _white_things,
    "own card": _nothing,
    "timer": _timer,
    "ticker": _ticker,
    "slides with captions": _captions,
    "two shots": _nothing,
    "logo and own card": _static_logo,
    "handle and own card": _own_handle,
}
_GROUNDS: dict[str, Callable[[random.Random, Size], Ground]] = {
    "slides with captions": _slides,
    "two shots": _two_shots,
}
