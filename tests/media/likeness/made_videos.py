"""Small made-up videos, and what becomes of them: re-encoded, cropped, trimmed, written over."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import pi, sin
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

SIZE = (96, 160)
RATE = 10
HERTZ = 16000

Frames = list[Image.Image]
Scene = Callable[[random.Random, int, random.Random], Frames]


def film(number: int) -> Frames:
    """The frames of made video `number`, the same at every call. Some are of one length, some are
    filmed before one background, some hardly move, some are cut together."""
    rng = random.Random(f"film {number}")
    place = random.Random(f"place {number // 8}")  # four of eight share it, and their length
    scene = SCENES[number % len(SCENES)]
    count = 18 if number % 8 < 4 else rng.randint(12, 30)
    return scene(rng, count, place)


def noise(rng: random.Random, size: tuple[int, int], cells: int) -> Image.Image:
    """Something like a view: soft patches of colour."""
    small = Image.frombytes("RGB", (cells, cells * 2), rng.randbytes(cells * cells * 6))
    return small.resize(size, Image.Resampling.BICUBIC)


def walk(rng: random.Random, count: int, view: random.Random) -> Frames:
    """A camera that moves through a wide view."""
    world = noise(rng, (SIZE[0] * 3, SIZE[1] * 2), 14)
    step = rng.uniform(0.4, 1.0) * SIZE[0] * 2 / count
    top, rise = rng.uniform(0, SIZE[1] / 2), rng.uniform(-1.5, 1.5)
    return [cut_out(world, n * step, top + n * rise + SIZE[1] / 4) for n in range(count)]


def cut_out(world: Image.Image, left: float, top: float) -> Image.Image:
    at = int(left), int(min(max(top, 0), world.height - SIZE[1]))
    return world.crop((*at, at[0] + SIZE[0], at[1] + SIZE[1]))


def tripod(rng: random.Random, count: int, view: random.Random) -> Frames:
    """Somebody moves before a background that other videos share."""
    back = noise(random.Random(view.random()), SIZE, 8)
    path = [(rng.uniform(10, 86), rng.uniform(30, 130)) for _ in range(4)]
    size, colour = rng.randint(14, 26), tuple(rng.randbytes(3))
    return [with_blob(back, along(path, n / count), size, colour) for n in range(count)]


def talk(rng: random.Random, count: int, view: random.Random) -> Frames:
    """A face that hardly moves."""
    back = noise(random.Random(view.random()), SIZE, 8)
    x, y = rng.uniform(40, 56), rng.uniform(70, 90)
    head = with_blob(back, (x, y), 24, (200, 160, 140))
    return [with_blob(head, (x, y + 10), rng.uniform(1, 5), (90, 30, 30)) for n in range(count)]


def cuts(rng: random.Random, count: int, view: random.Random) -> Frames:
    """Three scenes after one another."""
    thirds = [count // 3, count // 3, count - count // 3 * 2]
    return [f for n in thirds for f in walk(rng, max(n, 2), view)][:count]


SCENES: Sequence[Scene] = (tripod, walk, talk, tripod, cuts, walk, tripod, cuts)


def along(path: Sequence[tuple[float, float]], part: float) -> tuple[float, float]:
    at = part * (len(path) - 1)
    (x, y), (u, v) = path[int(at)], path[min(int(at) + 1, len(path) - 1)]
    rest = at - int(at)
    return x + (u - x) * rest, y + (v - y) * rest


def with_blob(
    back: Image.Image, at: tuple[float, float], size: float, colour: tuple[int, ...]
) -> Image.Image:
    image = back.copy()
    box = (at[0] - size, at[1] - size * 1.3, at[0] + size, at[1] + size * 1.3)
    ImageDraw.Draw(image).ellipse(box, fill=colour)
    return image


# --- what becomes of them -------------------------------------------------------------------


def cropped(frames: Frames, part: float) -> Frames:
    """Without `part` of width and height, brought back to the size it had."""
    width, height = frames[0].size
    left, top = round(width * part / 2), round(height * part / 2)
    box = (left, top, width - left, height - top)
    return [image.crop(box).resize((width, height)) for image in frames]


def written_over(frames: Frames) -> Frames:
    """With a bar of text across, as an app's editor lays it."""
    made = [image.copy() for image in frames]
    for image in made:
        draw = ImageDraw.Draw(image)
        draw.rectangle((14, 60, 82, 76), fill="white")
        draw.text((20, 62), "hello you", fill="black")
    return made


def labelled(frames: Frames, text: str, at: tuple[float, float], part: float = 1 / 30) -> Frames:
    """With small white words, as high as `part` of the picture."""
    made = [image.copy() for image in frames]
    for image in made:
        place = at[0] * image.width, at[1] * image.height
        ImageDraw.Draw(image).text(place, text, fill="white", font_size=part * image.height)
    return made


def blurred_at(frames: Frames, box: tuple[float, float, float, float]) -> Frames:
    """With what lies in `box`, in parts of the picture, blurred, as a face is hidden."""
    made = [image.copy() for image in frames]
    for image in made:
        left, top, right, bottom = (round(n * image.size[i % 2]) for i, n in enumerate(box))
        patch = image.crop((left, top, right, bottom))
        image.paste(patch.filter(ImageFilter.GaussianBlur(image.width / 12)), (left, top))
    return made


def grey(frames: Frames) -> Frames:
    return [image.convert("L").convert("RGB") for image in frames]


def warm(frames: Frames) -> Frames:
    table = [min(round(v * 1.15), 255) for v in range(256)] + [*range(256)]
    table += [round(v * 0.8) for v in range(256)]
    return [image.point(table) for image in frames]


def larger(frames: Frames, size: tuple[int, int]) -> Frames:
    return [image.resize(size, Image.Resampling.BICUBIC) for image in frames]


def talking(number: int, seconds: float, loud: float = 0.3) -> array[int]:
    """Something like speech: tones of changing pitch with pauses, `HERTZ` samples a second."""
    rng = random.Random(f"voice {number}")
    samples = array("h")
    while len(samples) < seconds * HERTZ:
        pitch, long = rng.choice((180, 260, 410, 900, 1700)), round(rng.uniform(0.05, 0.25) * HERTZ)
        level = rng.choice((0.0, 0.3, 1.0)) * loud * 32000
        samples.extend(round(level * sin(2 * pi * pitch * n / HERTZ)) for n in range(long))
    return samples[: round(seconds * HERTZ)]


def brighter(frames: Frames) -> Frames:
    return [ImageEnhance.Brightness(image).enhance(1.12) for image in frames]


def encode(
    path: Path,
    frames: Frames,
    *,
    size: tuple[int, int] = SIZE,
    crf: int = 23,
    turned: int = 0,
    rate: int = RATE,
    sound: array[int] | None = None,
    **metadata: str,
) -> Path:
    """Write the frames, `RATE` a second, as H.264; `rate` shows each of them several times. `sound`
    is written as AAC, `HERTZ` samples a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    form = "mov" if path.suffix.lower() == ".mov" else "mp4"
    options = {"movflags": "use_metadata_tags"} if metadata else {}
    with av.open(str(path), "w", format=form, options=options) as out:
        stream = out.add_stream("libx264", rate=rate)
        out.metadata.update(metadata)
        voice = out.add_stream("aac", rate=HERTZ, layout="mono") if sound else None
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(crf), "preset": "ultrafast"}
        stream.codec_context.thread_count = 1
        if turned:
            stream.set_display_rotation(turned)
        for n in range(len(frames) * rate // RATE):
            image = frames[n * RATE // rate]
            frame = av.VideoFrame.from_image(image.resize(size))  # type: ignore[no-untyped-call]
            frame.pts, frame.time_base = n, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        if sound and voice:
            heard = av.AudioFrame(format="s16", layout="mono", samples=len(sound))
            heard.planes[0].update(sound.tobytes())
            heard.sample_rate, heard.pts = HERTZ, 0
            out.mux(voice.encode(heard))
            out.mux(voice.encode())
    return path
