"""What is no picture, is damaged or is too large is refused, in bounds."""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.fitted import FittedPicture
from tests.media.fitting import (
    LIMITS,
    corners,
    fit_all,
    fit_one,
    media,
    reason,
    saved,
)


def test_a_picture_over_the_byte_limit_is_compressed_harder(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (400, 400), os.urandom(480_000))
    item = media(tmp_path, "a.png", saved(noise, "PNG"))
    limit = 200_000
    limits = replace(LIMITS, image_bytes=replace(LIMITS.image_bytes, value=limit))
    fitted = fit_all(tmp_path, [item], limits)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert fitted.bytes <= limit
    assert fitted.changes[-1].startswith("compressed to fit")


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def webp_claiming(width: int, height: int) -> bytes:
    data = bytearray(saved(Image.new("RGBA", (8, 8), (1, 2, 3, 4)), "WEBP", exif=b"Exif\0\0x"))
    assert data[12:16] == b"VP8X"
    data[24:27], data[27:30] = (n.to_bytes(3, "little") for n in (width - 1, height - 1))
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.png", png_claiming(60000, 60000), "too large: 60000 × 60000"),
        ("warn-zone.png", png_claiming(10000, 10000), "too large: 10000 × 10000"),
        ("bomb.webp", webp_claiming(16000, 16000), "too large: 16000 × 16000"),
        ("thin.png", png_claiming(1, 70000), "longer than 65500"),
        ("cut.jpg", saved(corners(400, 300), quality=95)[:-900], "damaged or cut short"),
        ("cut.png", saved(corners(400, 300), "PNG")[:-60], "damaged or cut short"),
        ("head.jpg", b"\xff\xd8\xff\xe0", "damaged or cut short"),
        ("page.jpg", b"\n<!DOCTYPE html><html>gone</html>", "a web page"),
        ("eps.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        ("svg.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        ("cut.gif", saved(corners(400, 300), "GIF")[:-600], "the GIF is damaged or cut short"),
        ("cut.bmp", saved(corners(400, 300), "BMP")[:-600], "the BMP is damaged or cut short"),
        ("cut.tif", saved(corners(400, 300), "TIFF")[:-600], "the TIFF is damaged or cut short"),
        ("cut.avif", saved(corners(400, 300), "AVIF")[:-60], "the AVIF is damaged or cut short"),
        ("cut.heic", saved(corners(400, 300), "HEIF")[:-60], "the HEIC is damaged or cut short"),
        ("fits.jpg", b"SIMPLE  =                    T", "a FITS picture"),
        ("pdf.jpg", b"%PDF-1.7\n", "a PDF document"),
        ("photoshop.jpg", b"8BPS\0\x01", "a Photoshop file"),
        ("film.jpg", b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "the HEIC is damaged"),
        ("empty.jpg", b"", "an empty file"),
        ("noise.jpg", b"\0" * 500, "no kind of picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_sound_picture_is_refused(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    assert said in reason(fit_one(tmp_path, name, data))
    assert not list((tmp_path / "ready").glob("*.jpg"))
