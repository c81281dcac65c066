"""Sixty made films, and what a good cover of each shows: from which seconds it may be, and which part of
the picture has to be in it. `python -m tests.media.cover_sheet OUT.png` draws what is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw

from tests.media.drawn_scenes import (
    BLACK,
    RATE,
    SKINS,
    SQUARE,
    TALL,
    WHITE,
    WIDE,
    Box,
    Colour,
    Draw,
    blurred,
    cut,
    dimmed,
    face_box,
    fade,
    inside,
    mixed,
    person,
    plain,
    product,
    room,
    smeared,
    steady,
    swaying,
    thing_box,
    view,
    words,
    words_box,
)


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
