"""What is no picture, is damaged or is too large is refused, in bounds."""

from __future__ import annotations

import os
import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from crossover.media.fit.fitted import FittedPicture
from tests.media.fitting import (
    BLUE,
    LIMITS,
    RED,
    close_to,
    corners,
    fit_all,
    fit_one,
    fit_picture,
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
    detail = fitted.details["compressed to fit 0.2 MB"]
    assert re.fullmatch(r"quality \d\d, 0.5 MB → 0.[12] MB", detail)


def test_what_no_quality_makes_small_enough_is_scaled(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (400, 200), os.urandom(240_000))
    item = media(tmp_path, "a.png", saved(noise, "PNG"))
    limits = replace(LIMITS, image_bytes=replace(LIMITS.image_bytes, value=20_000))
    fitted = fit_all(tmp_path, [item], limits)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert fitted.bytes <= 20_000
    assert 0 < fitted.width == fitted.height * 2 < 400
    assert fitted.details["compressed to fit 0.02 MB"].endswith(
        f", 400 × 200 → {fitted.width} × {fitted.height} pixels"
    )


def test_a_jpeg_of_too_many_pixels_is_scaled_while_decoding(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners(900, 600), quality=95))
    limits = replace(LIMITS, image_pixels=replace(LIMITS.image_pixels, value=100_000))
    fitted = fit_all(tmp_path, [item], limits)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert fitted.changes == ("scaled down",)
    assert fitted.details == {"scaled down": "900 × 600 → 225 × 150 pixels"}
    with Image.open(tmp_path / fitted.path) as made:
        assert made.size == (fitted.width, fitted.height) == (225, 150)
        assert close_to(made, (50, 30), BLUE)
        assert close_to(made, (200, 120), RED)


@pytest.mark.complete
@pytest.mark.parametrize(
    ("size", "made"), [((12000, 9000), (6000, 4500)), ((16320, 12240), (8160, 6120))]
)
def test_pictures_of_108_and_200_megapixels_go_out_at_half_their_sides(
    tmp_path: Path, size: tuple[int, int], made: tuple[int, int]
) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(Image.new("L", size, 90)))
    assert (fitted.width, fitted.height) == made
    assert fitted.changes == ("scaled down",)


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


def gif_claiming(width: int, height: int) -> bytes:
    data = saved(corners(), "GIF")
    at = data.index(b",", 13 + 3 * 2 ** ((data[10] & 7) + 1)) + 5  # the frame's own size
    size = struct.pack("<HH", width, height)
    return data[:6] + size + data[10:at] + size + data[at + 4 :]


def bmp_claiming(width: int, height: int) -> bytes:
    data = saved(corners(), "BMP")
    return data[:18] + struct.pack("<ii", width, height) + data[26:]


def tiff_claiming(width: int, height: int) -> bytes:
    data = saved(corners(), "TIFF")
    for tag, value in ((256, width), (257, height)):
        at = data.index(struct.pack("<HHI", tag, 4, 1)) + 8
        data = data[:at] + struct.pack("<I", value) + data[at + 4 :]
    return data


def box_claiming(form: str, width: int, height: int) -> bytes:
    data = saved(corners(), form)
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def jpeg_claiming(width: int, height: int) -> bytes:
    data = saved(corners())
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def jpeg_of_noise() -> bytes:
    return saved(Image.effect_noise((160, 120), 90), quality=95)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bomb.png", png_claiming(60000, 60000), "too large: 60000 × 60000"),
        ("warn-zone.png", png_claiming(10000, 10000), "too large: 10000 × 10000"),
        ("bomb.webp", webp_claiming(16000, 16000), "too large: 16000 × 16000"),
        ("bomb.gif", gif_claiming(60000, 60000), "too large: 60000 × 60000"),
        ("bomb.bmp", bmp_claiming(60000, 60000), "too large: 60000 × 60000"),
        ("bomb.tif", tiff_claiming(60000, 60000), "too large: 60000 × 60000"),
        ("bomb.heic", box_claiming("HEIF", 20000, 20000), "too large: 20000 × 20000"),
        ("bomb.avif", box_claiming("AVIF", 12000, 12000), "too large: 12000 × 12000"),
        ("beyond.heic", box_claiming("HEIF", 60000, 60000), "too large: 60000 × 60000"),
        ("samsung.heic", box_claiming("HEIF", 16320, 12240), "of a JPEG 250"),
        ("thin.png", png_claiming(1, 70000), "longer than 65500"),
        ("half.jpg", jpeg_of_noise()[:-9000], "more than a quarter of it is missing"),
        ("huge.jpg", jpeg_claiming(16000, 16000), "too large: 16000 × 16000"),
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
