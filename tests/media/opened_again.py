"""Files opened again by programs of other people: ffprobe, ffmpeg and Pillow."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from tests.media.made_films import run
from tests.media.made_pictures import Colour
from tests.programs import program

RATE = 8000
"""Samples a second of the sound as it is looked at."""
SMALL = 240
"""Lines of a frame as it is looked at."""


@dataclass(frozen=True)
class Seen:
    """A film as ffprobe tells and ffmpeg shows it: upright, in square pixels.

    `corners` are the colours in the middle of its quarters, `flash` and `tone` the seconds at which
    the middle first turns white and the sound begins; `loud` is the loudest sample, up to 1.
    """

    coding: str
    pixels: str
    colours: str
    size: tuple[int, int]
    rate: float
    seconds: float
    sound: str | None
    channels: int
    corners: tuple[Colour, ...]
    flash: float | None
    tone: float | None
    loud: float
    others: tuple[str, ...]
    frames: int


def probe(path: Path) -> dict[str, list[dict[str, str]]]:
    shown = "stream=index,codec_type,codec_name,pix_fmt,color_transfer,avg_frame_rate,channels"
    command = ["-v", "error", "-show_entries", f"{shown}:format=duration:packet=pts_time"]
    text = run(program("ffprobe"), *command, "-of", "json", str(path))
    parsed: dict[str, list[dict[str, str]]] = json.loads(text)
    return parsed


def see(path: Path) -> Seen:
    """Open a film again."""
    told = probe(path)
    films = [s for s in told["streams"] if s["codec_type"] == "video"]
    heard = [s for s in told["streams"] if s["codec_type"] == "audio"]
    others = [s for s in told["streams"] if s not in films[:1] + heard[:1]]
    size, times, images, samples = frames_and_sound(path, with_sound=bool(heard))
    corners = corners_of(images[0])
    white = [at for at, image in zip(times, images, strict=True) if is_lit(image)]
    loudest = max(map(abs, samples), default=0)
    first = next((n for n, v in enumerate(samples) if abs(v) > max(loudest / 3, 500)), None)
    over, under = films[0]["avg_frame_rate"].split("/")
    return Seen(
        coding=films[0]["codec_name"],
        pixels=films[0]["pix_fmt"],
        colours=films[0].get("color_transfer", "unknown"),
        size=size,
        rate=int(over) / max(1, int(under)),
        seconds=float(told["format"]["duration"]),  # type: ignore[call-overload]
        sound=heard[0]["codec_name"] if heard else None,
        channels=int(heard[0]["channels"]) if heard else 0,
        corners=corners,
        flash=white[0] if white else None,
        tone=None if first is None else first / RATE,
        loud=loudest / 32768,
        others=tuple(s.get("codec_name", s["codec_type"]) for s in others),
        frames=len(images),
    )


def frames_and_sound(
    path: Path, *, with_sound: bool
) -> tuple[tuple[int, int], list[float], list[Image.Image], tuple[int, ...]]:
    """The size in which a film is shown; every frame, small, with the second at which it is; and its
    first sound: one channel of 16 bits, `RATE` samples a second, from the film's second 0.

    One ffmpeg for all, which takes longer to start than for a short film.
    """
    shown = f"scale=w='trunc(iw*sar)':h=ih,showinfo=checksum=0,scale=-1:{SMALL}:flags=area"
    command = [program("ffmpeg"), "-v", "info", "-y", "-i", str(path)]
    command += ["-map", "0:v:0", "-vf", shown, "-fps_mode", "passthrough"]
    command += ["-pix_fmt", "rgb24", "-f", "rawvideo", "-"]
    with tempfile.NamedTemporaryFile() as sound:
        if with_sound:
            command += ["-map", "0:a:0", "-af", "aresample=async=1:first_pts=0"]
            command += ["-ac", "1", "-ar", str(RATE), "-f", "s16le", sound.name]
        done = subprocess.run(
            command, capture_output=True, timeout=60, check=False, stdin=subprocess.DEVNULL
        )
        samples = sound.read()
    said = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, said[-2000:]
    times = [float(at) for at in re.findall(r"\] n: *\d+ .*? pts_time:([\d.]+)", said)]
    (size,) = set(re.findall(r" s:(\d+)x(\d+) ", said))
    step = len(done.stdout) // len(times)
    images = [
        Image.frombytes("RGB", (step // SMALL // 3, SMALL), done.stdout[at : at + step])
        for at in range(0, len(done.stdout), step)
    ]
    heard = struct.unpack(f"<{len(samples) // 2}h", samples)
    return (int(size[0]), int(size[1])), times, images, heard


def picture(data: bytes) -> Image.Image:
    """A picture as people see it."""
    image = Image.open(BytesIO(data))
    image.load()
    return ImageOps.exif_transpose(image).convert("RGB")


def corners_of(image: Image.Image) -> tuple[Colour, ...]:
    """The colours in the middle of the quarters, upper left first."""
    width, height = image.size
    found = []
    for down in (1, 7):
        for right in (1, 7):
            at = (width * right // 8, height * down // 8)
            pixel = image.getpixel(at)
            assert isinstance(pixel, tuple)
            found.append((pixel[0], pixel[1], pixel[2]))
    return tuple(found)


def is_lit(image: Image.Image) -> bool:
    # Beside the very middle, where four colours meet.
    middle = image.getpixel((image.width * 7 // 12, image.height * 7 // 12))
    assert isinstance(middle, tuple)
    return min(middle) > 170


def apart(one: tuple[Colour, ...], two: tuple[Colour, ...]) -> int:
    """The largest difference of any channel."""
    return max(abs(a - b) for c, d in zip(one, two, strict=True) for a, b in zip(c, d, strict=True))
