"""Sixty made films, and what a good cover of each shows: from which seconds it may be, and which part of
the picture has to be in it. `python -m tests.media.cover_sheet OUT.png` draws what is chosen.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFilter, ImageFont

TALL, WIDE, SQUARE = (270, 480), (480, 270), (320, 320)
RATE = 10
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
Draw = Callable[[int, int], Image.Image]
"""Draws frame n of so many."""
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
SKINS: tuple[Colour, ...] = ((236, 188, 160), (198, 134, 100), (128, 82, 58))


@dataclass(frozen=True)
class Golden:
    """A film of `count` frames, ten a second. `times`: seconds between which a cover may be taken,
    `holds`: the part of the picture that is wholly in a good cover, `within`: what a cover does not
    reach beyond; both left, top, right, bottom, from 0 to 1."""

    name: str
    draw: Draw
    times: tuple[tuple[float, float], ...] = ((0.0, 99.0),)
    holds: Box | None = None
    within: Box = (0.0, 0.0, 1.0, 1.0)
    count: int = 30
    rate: int = RATE
    options: tuple[tuple[str, str], ...] = ()
    turned: tuple[int, bool] = (0, False)
    shape: Fraction = Fraction(1)


def make(golden: Golden, folder: Path) -> Path:
    """Write the film of a golden cover."""
    path = folder / f"{golden.name}.mp4"
    frames = [golden.draw(number, golden.count) for number in range(golden.count)]
    with av.open(str(path), "w") as out:
        stream = out.add_stream(
            "libx264", rate=golden.rate, options={"preset": "ultrafast", "crf": "20"}
        )
        stream.width, stream.height = frames[0].size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = 20
        stream.codec_context.sample_aspect_ratio = golden.shape
        if any(golden.turned):
            degrees, mirrored = golden.turned
            stream.set_display_rotation(degrees, hflip=mirrored)
        for image in frames:
            out.mux(stream.encode(av.VideoFrame.from_image(image)))  # type: ignore[no-untyped-call]
        out.mux(stream.encode())
    return path


# --- what is drawn ----------------------------------------------------------------------------


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


# --- the films --------------------------------------------------------------------------------

TALKER = person(room(TALL, 1), 0.5, 0.4, 0.2)
LANDSCAPE = view(TALL, 2)
JAR = product(view(TALL, 3), 0.5, 0.55, 0.25)
TITLE = words(plain(TALL, (40, 60, 90)), "My morning", 0.5, height=0.07)
CARD = words(words(plain(TALL, (20, 20, 20)), "Follow for more", 0.5), "@potter", 0.6, height=0.04)
WIDE_TALKER = person(room(WIDE, 4), 0.5, 0.45, 0.22)
CUT_OF_BARS = (0.0, 0.33, 1.0, 0.67)
MIDDLE_FACE = face_box(0.5, 0.4, 0.2, TALL)


def _moving(number: int, count: int) -> Image.Image:
    return product(view(WIDE, 5), 0.1 + 0.8 * number / count, 0.6, 0.15)


def _walks_in(number: int, _: int) -> Image.Image:
    return person(room(TALL, 6), max(1.6 - number * 0.1, 0.5), 0.45, 0.2)


def _leaves(number: int, _: int) -> Image.Image:
    return person(room(TALL, 7), min(0.5 + max(number - 12, 0) * 0.1, 1.8), 0.45, 0.2)


def _flashes(number: int, _: int) -> Image.Image:
    return view(TALL, 20 + number // 2)


def _whip(number: int, _: int) -> Image.Image:
    if number < 10:
        return smeared(view(TALL, 8), 30)
    return swaying(JAR, number)


def _one_sharp_moment(number: int, _: int) -> Image.Image:
    return JAR if 14 <= number < 20 else smeared(swaying(JAR, number, by=10), 12)


def _focus(number: int, _: int) -> Image.Image:
    return blurred(TALKER, 8) if number < 12 else swaying(TALKER, number)


def _crossfades(number: int, _: int) -> Image.Image:
    return mixed(view(TALL, 9), TALKER, (number - 6) / 10)


def _countdown(number: int, _: int) -> Image.Image:
    if number < 15:
        return words(plain(TALL, BLACK), str(3 - number // 5), 0.5, height=0.2)
    return swaying(TALKER, number)


def _pan(number: int, count: int) -> Image.Image:
    wide = product(view((960, 270), 10), 0.7, 0.6, 0.2)
    left = round(480 * number / count)
    return wide.crop((left, 0, left + 480, 270))


def _zoom(number: int, count: int) -> Image.Image:
    inset = 0.25 * number / count
    width, height = TALL
    box = (width * inset, height * inset, width * (1 - inset), height * (1 - inset))
    return JAR.resize(TALL, Image.Resampling.BICUBIC, box=box)


def _screen(_: int, __: int) -> Image.Image:
    image = plain(TALL, (250, 250, 250))
    for line in range(16):
        image = words(image, "some words of an app", 0.06 + line * 0.06, height=0.025, colour=BLACK)
    return image


def _slideshow(number: int, _: int) -> Image.Image:
    return (view(TALL, 11), JAR, view(TALL, 12), TALKER)[min(number // 8, 3)]


def _split(number: int, _: int) -> Image.Image:
    image = plain(TALL, BLACK)
    half = TALL[0], TALL[1] // 2
    image.paste(person(room(half, 13), 0.5, 0.42, 0.22), (0, 0))
    image.paste(product(view(half, 14), 0.5, 0.5, 0.25), (0, half[1]))
    return swaying(image, number, by=0.5)


def _night(_: int, __: int) -> Image.Image:
    image = plain(TALL, (12, 14, 24))
    draw = ImageDraw.Draw(image)
    draw.ellipse((150, 260, 200, 310), fill=(255, 210, 120))
    for n in range(14):
        draw.rectangle((20 + n * 17, 330, 28 + n * 17, 345), fill=(230, 190, 90))
    return image


def _grain(number: int, _: int) -> Image.Image:
    noise = Image.effect_noise(TALL, 40).convert("RGB")
    return mixed(swaying(TALKER, number), noise, 0.15)


def _subtitled(number: int, _: int) -> Image.Image:
    return words(
        swaying(TALKER, number), ("and then we", "put it in", "the kiln")[number // 10 % 3], 0.78
    )


def _blinks(number: int, _: int) -> Image.Image:
    return person(room(TALL, 15), 0.5, 0.4, 0.24, SKINS[1], eyes=number % 10 > 2)


def _hand_over_lens(number: int, _: int) -> Image.Image:
    return swaying(plain(TALL, (70, 40, 30)) if number < 8 else JAR, number)


def _dips(number: int, _: int) -> Image.Image:
    """To black between every two scenes."""
    scene = (view(TALL, 16), JAR, TALKER)[number // 10 % 3]
    return dimmed(scene, min(number % 10, 9 - number % 10) / 4)


def _letterboxed(picture: Image.Image, bars: Colour | Image.Image = BLACK) -> Image.Image:
    return inside(TALL, picture.resize((270, 152), Image.Resampling.BICUBIC), bars)


def _in_the_box(box: Box) -> Box:
    """A part of a wide picture, where it lies in a tall film with bars."""
    first, part = (480 - 152) / 2 / 480, 152 / 480
    return box[0], first + box[1] * part, box[2], first + box[3] * part


def _wide_person(x: float) -> Image.Image:
    return person(room(WIDE, 17), x, 0.45, 0.2)


def _wide_face(x: float) -> Box:
    return face_box(x, 0.45, 0.2, WIDE)


GOLDEN: Sequence[Golden] = (
    # talking heads, upright
    Golden("talking head", steady(TALKER), ((0, 3),), MIDDLE_FACE),
    Golden("head at the top", steady(person(room(TALL, 18), 0.5, 0.17, 0.2)), holds=face_box(0.5, 0.17, 0.2, TALL)),
    Golden("head at the bottom", steady(person(room(TALL, 19), 0.5, 0.78, 0.2)), holds=face_box(0.5, 0.78, 0.2, TALL)),
    Golden("dark skin", steady(person(room(TALL, 20), 0.5, 0.3, 0.22, SKINS[2])), holds=face_box(0.5, 0.3, 0.22, TALL)),
    Golden("blinking", _blinks, ((0.3, 0.95), (1.3, 1.95), (2.3, 2.95)), face_box(0.5, 0.4, 0.24, TALL)),
    Golden("close-up", steady(person(room(TALL, 21), 0.5, 0.45, 0.4)), holds=face_box(0.5, 0.45, 0.38, TALL)),
    # beginnings
    Golden("dark start", cut((0.4, plain(TALL, BLACK)), (1, TALKER)), ((1.2, 3),), MIDDLE_FACE),
    Golden("long dark start", cut((0.8, plain(TALL, (8, 8, 8))), (1, JAR)), ((4, 5),), count=50),
    Golden("very long dark start", cut((0.7, plain(TALL, BLACK)), (1, JAR)), ((8.4, 12),), count=120),
    Golden("white start", cut((0.3, plain(TALL, WHITE)), (1, JAR)), ((0.9, 3),)),
    Golden("fade in", fade(BLACK, TALKER, 20), ((1.4, 3),), MIDDLE_FACE),
    Golden("fade in from white", fade(WHITE, JAR, 15), ((1.1, 3),)),
    Golden("slow fade in", fade(BLACK, JAR, 40), ((2.6, 5),), count=50),
    Golden("title card, then scene", cut((0.4, TITLE), (1, TALKER)), ((1.2, 3),), MIDDLE_FACE),
    Golden("countdown", _countdown, ((1.5, 3),), MIDDLE_FACE),
    Golden("coloured flash, then scene", cut((0.1, plain(TALL, (200, 40, 40))), (1, JAR)), ((0.3, 3),)),
    Golden("hand over the lens", _hand_over_lens, ((0.8, 3),)),
    Golden("overexposed start", cut((0.3, dimmed(JAR, 3.0)), (1, JAR)), ((0.9, 3),)),
    Golden("out of focus first", _focus, ((1.2, 3),), MIDDLE_FACE),
    Golden("whip pan first", _whip, ((1.0, 3),)),
    # in between, and ends
    Golden("end card", cut((0.7, TALKER), (1, CARD)), ((0, 4.2),), MIDDLE_FACE, count=60),
    Golden("dark start and end card", cut((0.3, plain(TALL, BLACK)), (0.7, JAR), (1, CARD)), ((1.8, 4.2),), count=60),
    Golden("fade out", lambda n, c: dimmed(JAR, min((c - n) / 15, 1)), ((0, 1.6),)),
    Golden("flash cuts", _flashes),
    Golden("crossfade", _crossfades, ((0, 0.75), (1.5, 3))),
    Golden("slides", _slideshow),
    Golden("dips to black", _dips, ((0.3, 0.65), (1.3, 1.65), (2.3, 2.65))),
    Golden("blurred but for a moment", _one_sharp_moment, ((1.4, 1.95),)),
    Golden("subject walks in", _walks_in, ((0.9, 3),), face_box(0.5, 0.45, 0.2, TALL)),
    Golden("subject leaves", _leaves, ((0, 1.45),), face_box(0.5, 0.45, 0.2, TALL)),
    Golden("grain", _grain, holds=MIDDLE_FACE),
    # words
    Golden("words in the middle", steady(words(LANDSCAPE, "3 easy steps", 0.5)), holds=words_box("3 easy steps", 0.5, TALL)),
    Golden("words at the top", steady(words(LANDSCAPE, "3 easy steps", 0.12)), holds=words_box("3 easy steps", 0.12, TALL)),
    Golden("words at the bottom", steady(words(LANDSCAPE, "3 easy steps", 0.86)), holds=words_box("3 easy steps", 0.86, TALL)),
    Golden("head and subtitles", _subtitled, holds=(MIDDLE_FACE[0], MIDDLE_FACE[1], MIDDLE_FACE[2], 0.8)),
    Golden("head and title", steady(words(TALKER, "Day 30", 0.14)), holds=(0.35, 0.12, 0.65, 0.5)),
    Golden("words at the left of a wide film", steady(words(view(WIDE, 22), "Kyoto", 0.5, x=0.2)), holds=words_box("Kyoto", 0.5, WIDE, x=0.2)),
    Golden("app on a screen", _screen),
    # wide
    Golden("wide, person in the middle", steady(WIDE_TALKER), holds=face_box(0.5, 0.45, 0.22, WIDE)),
    Golden("wide, person at the left", steady(_wide_person(0.15)), holds=_wide_face(0.15)),
    Golden("wide, person at the right", steady(_wide_person(0.85)), holds=_wide_face(0.85)),
    Golden("wide, person left of the middle", steady(_wide_person(0.33)), holds=_wide_face(0.33)),
    Golden("wide, thing at the right", steady(product(view(WIDE, 23), 0.8, 0.6, 0.18)), holds=thing_box(0.8, 0.6, 0.18, WIDE)),
    Golden("wide, a view", steady(view(WIDE, 24))),
    Golden("wide, moving thing", _moving),
    Golden("wide, a pan", _pan),
    Golden("very wide", steady(person(room((560, 240), 25), 0.75, 0.45, 0.22)), holds=face_box(0.75, 0.45, 0.22, (560, 240))),
    # other shapes
    Golden("square", steady(person(room(SQUARE, 26), 0.5, 0.4, 0.2)), holds=face_box(0.5, 0.4, 0.2, SQUARE)),
    Golden("square, thing at the left", steady(product(view(SQUARE, 27), 0.2, 0.5, 0.15)), holds=thing_box(0.2, 0.5, 0.15, SQUARE)),
    Golden("3 to 4", steady(person(room((300, 400), 28), 0.5, 0.2, 0.15)), holds=(0, 0, 1, 1)),
    Golden("letterbox", lambda n, _: _letterboxed(swaying(WIDE_TALKER, n)), holds=_in_the_box(face_box(0.5, 0.45, 0.22, WIDE)), within=_in_the_box((0, 0, 1, 1))),
    Golden("letterbox, white", lambda n, _: _letterboxed(swaying(WIDE_TALKER, n), WHITE), holds=_in_the_box(face_box(0.5, 0.45, 0.22, WIDE)), within=_in_the_box((0, 0, 1, 1))),
    Golden("letterbox, person at the right", lambda n, _: _letterboxed(swaying(_wide_person(0.8), n)), holds=_in_the_box(_wide_face(0.8)), within=_in_the_box((0, 0, 1, 1))),
    Golden("pillarbox", lambda n, _: inside(WIDE, swaying(TALKER.resize((152, 270)), n), BLACK), within=(0.34, 0, 0.66, 1)),
    Golden("on a blurred copy", lambda n, _: _letterboxed(swaying(WIDE_TALKER, n), blurred(WIDE_TALKER.resize(TALL), 12)), holds=_in_the_box(face_box(0.5, 0.45, 0.22, WIDE))),
    Golden("split screen", _split),
    # backgrounds
    Golden("thing on white", steady(product(plain(TALL, (248, 248, 248)), 0.5, 0.3, 0.25)), holds=thing_box(0.5, 0.3, 0.25, TALL)),
    Golden("thing on black", steady(product(plain(TALL, (6, 6, 6)), 0.5, 0.7, 0.3)), holds=thing_box(0.5, 0.7, 0.3, TALL)),
    Golden("night", _night, holds=(0.5, 0.52, 0.8, 0.7)),
    Golden("zoom", _zoom, holds=(0.25, 0.4, 0.75, 0.7)),
    # turned and squeezed
    Golden("mirrored", steady(person(room(WIDE, 29), 0.2, 0.45, 0.2)), holds=face_box(0.8, 0.45, 0.2, WIDE), turned=(0, True)),
    Golden("turned", steady(TALKER.transpose(Image.Transpose.ROTATE_270)), holds=MIDDLE_FACE, turned=(90, False)),
    Golden("squeezed", steady(TALKER.resize((134, 480))), holds=MIDDLE_FACE, shape=Fraction(2)),
    # nothing to be seen
    Golden("one frame", steady(TALKER), holds=MIDDLE_FACE, count=1),
    Golden("all black", steady(plain(TALL, BLACK))),
    Golden("all of one colour", steady(plain(TALL, (90, 120, 150)))),
)  # fmt: skip
