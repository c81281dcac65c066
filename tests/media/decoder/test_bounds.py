"""Hostile files take bounded memory, and no name of one is taken for anything but a name."""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import pytest
from PIL import Image

from crossover.media.decoder.pool import CHILD_BYTES
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import FittedPicture, FittedVideo, Unfit
from crossover.model.choices import Rules
from tests.media.fitting import LIMITS, corners, film
from tests.tier import by_tier

pytestmark = pytest.mark.usefixtures("own_children")

FRAMES = 10_000


def endless_gif(path: Path) -> None:
    """The same two frames again and again."""
    frames = [Image.new("P", (64, 64), colour) for colour in (0, 1)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=20)
    data = out.getvalue()
    first = data.index(b"\x21\xf9\x04")
    head, body = data[:first], data[first : data.rindex(b"\x3b")]
    path.write_bytes(head + body * (FRAMES // 2) + b"\x3b")


def endless_webp(path: Path) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=20)
    data = out.getvalue()[12:]
    first = data.index(b"ANMF")
    chunks = data[:first] + data[first:] * (FRAMES // 2)
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WEBP" + chunks)


def endless_film(path: Path) -> None:
    """Black from end to end, and one key frame: no cover is good, and none is near."""
    frames = by_tier(FRAMES, 40 * FRAMES)
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=1000)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        stream.options = {"preset": "ultrafast", "g": "1000000", "sc_threshold": "0"}
        frame = av.VideoFrame.from_image(Image.new("RGB", (32, 32)))  # type: ignore[no-untyped-call]
        frame = frame.reformat(format="yuv420p")
        frame.time_base = Fraction(1, 1000)
        for number in range(frames):
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def largest_picture(path: Path) -> None:
    """As many pixels as a picture may have, in CMYK, which takes most."""
    side = int(LIMITS.image_pixels.value**0.5)
    Image.new("CMYK", (side, side), "teal").save(path, "TIFF", compression="tiff_lzw")


def film_before_zeros(path: Path) -> None:
    """A sparse file: 20 GB of zeros behind a film."""
    endless_film(path)
    with path.open("ab") as file:
        file.truncate(20 * 10**9)


def only_zeros(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20 * 10**9)


def peak_bytes(decoder: Decoder) -> int:
    """The most memory that its child ever had."""
    assert decoder._child is not None
    status = Path(f"/proc/{decoder._child.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc, makes sparse files")
@pytest.mark.parametrize(
    ("make", "name", "becomes"),
    [
        (endless_gif, "a.gif", FittedPicture),
        (endless_webp, "a.webp", FittedPicture),
        (endless_film, "a.mp4", FittedVideo),
        pytest.param(largest_picture, "a.tiff", FittedPicture, marks=pytest.mark.complete),
        (film_before_zeros, "a.mp4", FittedVideo),
        (only_zeros, "a.jpg", Unfit),
        (only_zeros, "a.mp4", Unfit),
    ],
)
def test_no_file_takes_more_memory_than_a_child_is_given_room_for(
    tmp_path: Path,
    figure: Callable[[str], None],
    make: Callable[[Path], None],
    name: str,
    becomes: type[object],
) -> None:
    source = tmp_path / name
    make(source)
    with Decoder() as decoder:
        if source.suffix == ".mp4":
            found: object = decoder.video(source, tmp_path, "ready/a.jpg", LIMITS)
        else:
            found = decoder.picture(source, tmp_path, "ready/a.jpg", LIMITS, Rules().shape)
        peak = peak_bytes(decoder)
    assert isinstance(found, becomes), found
    assert peak < CHILD_BYTES
    figure(f"{make.__name__} {name}: {peak / 1e6:.0f} MB")


@pytest.mark.parametrize("name", ["-i.mp4", "http:x.mp4", "concat:a|b.mp4", "file:a.mp4", "%d.mp4"])
def test_a_name_like_an_option_or_a_link_is_a_name(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32":
        pytest.skip("no such names there")
    source = tmp_path / "media" / name
    film(source, [corners()] * 5)
    with Decoder() as decoder:
        found = decoder.video(source, tmp_path, "ready/a.jpg", LIMITS)
    assert isinstance(found, FittedVideo), found
