"""Films of four colours, one in each quarter, as phones, editors and TikTok's copies come: a white
flash in the middle and a tone, both for the same tenth of a second."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable, Iterable
from math import log, sqrt
from pathlib import Path
from typing import TypedDict, Unpack

from tests.media.made_pictures import FOUR, PLACE, Colour
from tests.programs import program

SECONDS = 1.0
FLASH = (0.5, 0.6)
"""From and to, in seconds: so long the middle is white, and the tone sounds."""
WIDTH, HEIGHT = 270, 480


def sdr(pixels: str = "yuv420p", *, then: str = "") -> tuple[str, ...]:
    """The colours of BT.709, tagged, in a pixel format of FFmpeg's; `then`: a filter after it."""
    return (
        *("-vf", f"scale=out_color_matrix=bt709:out_range=tv,format={pixels}{then}"),
        *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
        *("-color_range", "tv"),
    )


H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12")
X265 = ("-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params")
AV1 = ("-c:v", "libsvtav1", "-preset", "12", "-crf", "15")
AAC = ("-c:a", "aac", "-b:a", "96k")
FASTSTART = ("-movflags", "+faststart")


class Shape(TypedDict, total=False):
    """What is filmed: width and height, frames a second, seconds, the layout of the sound (None: a
    silent film), and a maker of a frame without and one with the flash, in this pixel format."""

    size: tuple[int, int]
    rate: int
    seconds: float
    sound: str | None
    pixels: str
    frames: Callable[[tuple[int, int]], tuple[bytes, bytes]]


def film(path: Path, *coding: str, **shape: Unpack[Shape]) -> None:
    """Write a film with ffmpeg; `coding` are its options."""
    size, rate = shape.get("size", (WIDTH, HEIGHT)), shape.get("rate", 30)
    seconds, sound = shape.get("seconds", SECONDS), shape.get("sound", "mono")
    pixels = shape.get("pixels", "rgb24")
    plain, flash = shape.get("frames", plain_frames)(size)
    tone = f"0.6*sin(2*PI*1000*t)*between(t\\,{FLASH[0]}\\,{FLASH[1]})"
    heard = ["-f", "lavfi", "-i", f"aevalsrc={tone}:s=48000:d={seconds}"] if sound else []
    command = [program("ffmpeg"), "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", pixels]
    command += ["-s", f"{size[0]}x{size[1]}", "-r", str(rate), "-i", "-", *heard]
    command += ["-ac", {"mono": "1", "stereo": "2", "5.1": "6"}[sound]] if sound else []
    shown = (
        flash if FLASH[0] <= number / rate < FLASH[1] else plain
        for number in range(round(seconds * rate))
    )
    run(*command, *coding, str(path), given=b"".join(shown))


def run(*command: str, given: bytes = b"") -> bytes:
    """Run a program to its end, and return what it writes."""
    done = subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-2000:]
    return done.stdout


def ffmpeg(*arguments: str) -> None:
    run(program("ffmpeg"), "-v", "error", "-y", *arguments)


def plain_frames(size: tuple[int, int]) -> tuple[bytes, bytes]:
    """A frame and the same with the flash, as RGB of 8 bits."""
    return _frames(size, [bytes(colour) for colour in FOUR], b"\xff" * 3)


def _frames(size: tuple[int, int], colours: Iterable[bytes], white: bytes) -> tuple[bytes, bytes]:
    width, height = size
    left, right, lower_left, lower_right = colours
    half, fifth = width // 2, width // 5
    upper = left * half + right * (width - half)
    lower = lower_left * half + lower_right * (width - half)
    middle = slice((half - fifth) * len(white), (half + fifth) * len(white))

    def lit(row: bytes) -> bytes:
        return row[: middle.start] + white * (2 * fifth) + row[middle.stop :]

    top, tall = height // 2, height // 5
    plain = upper * top + lower * (height - top)
    flash = upper * (top - tall) + lit(upper) * tall
    flash += lit(lower) * tall + lower * (height - top - tall)
    return plain, flash


# --- high dynamic range -------------------------------------------------------------------

_TO_BT2020 = ((0.6274, 0.3293, 0.0433), (0.0691, 0.9195, 0.0114), (0.0164, 0.0880, 0.8956))


def pq_frames(size: tuple[int, int]) -> tuple[bytes, bytes]:
    """The same colours as PQ in BT.2020: white paper at 203 nits (ITU-R BT.2408), the flash at
    1,000; RGB of 16 bits."""

    def coded(linear: float, nits: float = 203) -> float:
        powered = max(linear * nits / 10_000, 0.0) ** 0.1593017578125
        return float(((0.8359375 + 18.8515625 * powered) / (1 + 18.6875 * powered)) ** 78.84375)

    return _frames(
        size, [_words(map(coded, _to_bt2020(c))) for c in FOUR], _words([coded(1, 1000)] * 3)
    )


def hlg_frames(size: tuple[int, int]) -> tuple[bytes, bytes]:
    """The same colours as HLG in BT.2020, on a screen of 1,000 nits: white paper at 203, which is
    75 % of the signal (ITU-R BT.2408), the flash at 1,000; RGB of 16 bits."""

    def coded(colour: Colour) -> bytes:
        shown = [max(v, 0.0) * 0.203 for v in _to_bt2020(colour)]
        bright = 0.2627 * shown[0] + 0.678 * shown[1] + 0.0593 * shown[2]
        light = [v * bright ** (1 / 1.2 - 1) for v in shown]  # as the camera saw it (BT.2100)
        return _words(
            sqrt(3 * v) if v <= 1 / 12 else 0.17883277 * log(12 * v - 0.28466892) + 0.55991073
            for v in light
        )

    return _frames(size, [coded(c) for c in FOUR], _words([1, 1, 1]))


def _to_bt2020(colour: Colour) -> list[float]:
    linear = [(v / 255) ** 2.4 for v in colour]
    return [sum(a * b for a, b in zip(row, linear, strict=True)) for row in _TO_BT2020]


def _words(values: Iterable[float]) -> bytes:
    return struct.pack("<3H", *(round(65535 * min(v, 1.0)) for v in values))


def hdr(transfer: str) -> tuple[str, ...]:
    """HEVC of 10 bits with the tags of PQ (`smpte2084`) or HLG (`arib-std-b67`)."""
    tags = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc:log-level=none"
    return (
        *("-vf", "scale=out_color_matrix=bt2020:out_range=tv,format=yuv420p10le"),
        *("-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", transfer),
        *("-color_range", "tv", *X265, f"{tags}:crf=8", *AAC),
    )


# --- what ffmpeg does not write -----------------------------------------------------------

_ONE, _W = 1 << 16, 1 << 30


def lay_matrix(path: Path, matrix: tuple[int, int, int, int, int, int]) -> None:
    """Overwrite how the film's track is displayed: `a b c d x y` of its matrix, in whole numbers."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 4 + 20 + 16
    a, b, c, d, x, y = (value * _ONE for value in matrix)
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, x, y, _W)
    path.write_bytes(data)


def matrices(width: int, height: int) -> dict[str, tuple[int, int, int, int, int, int]]:
    """The eight ways to show a film (faults of public players: FFMS/ffms2 #317)."""
    return {
        "upright": (1, 0, 0, 1, 0, 0),
        "quarter turn": (0, 1, -1, 0, height, 0),
        "half turn": (-1, 0, 0, -1, width, height),
        "three quarters": (0, -1, 1, 0, 0, width),
        "mirrored": (-1, 0, 0, 1, width, 0),
        "upside down mirrored": (1, 0, 0, -1, 0, height),
        "transposed": (0, 1, 1, 0, 0, 0),
        "anti-transposed": (0, -1, -1, 0, height, width),
    }


def add_box_with_place(path: Path) -> None:
    """XMP with a place, in a box of its own behind the film, as editors leave it."""
    xmp = b'<x:xmpmeta><r exif:GPSLatitude="' + PLACE + b'N"/></x:xmpmeta>'
    body = bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + xmp
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 8 + len(body), b"uuid") + body)
