"""Pictures made fit, through the real child process."""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import ExifTags, Image, ImageCms

from crossover.media.fitted import FittedPicture
from tests.media.fitting import (
    BLACK,
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


def test_no_metadata_is_left_and_a_place_is_mentioned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    data = saved(corners(), exif=exif, comment=b"a secret comment", xmp=b"<x>SecretXmp</x>")
    assert b"SecretCamera" in data
    fitted, image = fit_picture(tmp_path, "a.jpg", data + b"SecretTail")
    assert fitted.changes == ("metadata removed (place included)",)
    assert not image.getexif()
    made = (tmp_path / fitted.path).read_bytes()
    assert not [word for word in (b"ecret", b"Exif", b"http://") if word in made]


def test_a_place_in_xmp_and_text_of_a_png_are_metadata(tmp_path: Path) -> None:
    xmp = b'<x exif:GPSLatitude="52,31N"/>'
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), xmp=xmp))
    assert fitted.changes == ("metadata removed (place included)",)
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Secret")
    fitted, _ = fit_picture(tmp_path, "b.png", saved(corners(), "PNG", pnginfo=info))
    assert fitted.changes == ("converted from PNG", "metadata removed")


def test_a_plain_jpeg_keeps_its_compression_and_nothing_is_said(tmp_path: Path) -> None:
    source = saved(corners(), quality=60, subsampling="4:2:0")
    fitted, image = fit_picture(tmp_path, "a.jpg", source)
    assert fitted.changes == ()
    before = Image.open(BytesIO(source))
    assert image.quantization == before.quantization  # type: ignore[attr-defined]
    assert fitted.bytes <= len(source) + 100


@pytest.mark.parametrize(
    ("orientation", "size", "blue", "said"),
    [
        (2, (64, 48), (60, 4), "mirrored"),
        (3, (64, 48), (60, 44), "rotated"),
        (4, (64, 48), (4, 44), "mirrored"),
        (5, (48, 64), (4, 4), "rotated"),
        (6, (48, 64), (44, 4), "rotated"),
        (7, (48, 64), (44, 60), "rotated"),
        (8, (48, 64), (4, 60), "rotated"),
    ],
)
def test_the_picture_stands_upright(
    tmp_path: Path, orientation: int, size: tuple[int, int], blue: tuple[int, int], said: str
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    fitted, image = fit_picture(tmp_path, "a.jpg", saved(corners(), exif=exif, quality=95))
    assert fitted.changes == ("metadata removed", said)
    assert image.size == size
    assert close_to(image, blue, BLUE)
    others = {(4, 4), (size[0] - 4, 4), (4, size[1] - 4), (size[0] - 4, size[1] - 4)} - {blue}
    assert all(close_to(image, at, RED) for at in others)


def test_transparency_becomes_white(tmp_path: Path) -> None:
    image = corners().convert("RGBA")
    image.paste((0, 0, 0, 0), (32, 0, 64, 48))
    fitted, made = fit_picture(tmp_path, "a.png", saved(image, "PNG"))
    assert fitted.changes == ("converted from PNG", "transparency filled with white")
    assert close_to(made, (60, 40), (255, 255, 255))
    assert close_to(made, (4, 4), BLUE)


def test_a_palette_with_a_transparent_colour(tmp_path: Path) -> None:
    image = corners().quantize(4)
    fitted, made = fit_picture(
        tmp_path, "a.png", saved(image, "PNG", transparency=image.getpixel((0, 0)))
    )
    assert "transparency filled with white" in fitted.changes
    assert made.mode == "RGB"
    assert close_to(made, (4, 4), (255, 255, 255))
    assert close_to(made, (60, 40), RED)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    fitted, made = fit_picture(tmp_path, "a.jpg", saved(corners().convert("CMYK"), quality=95))
    assert fitted.changes == ("colours converted from CMYK",)
    assert made.mode == "RGB"
    assert close_to(made, (60, 40), RED)
    assert close_to(made, (4, 4), BLUE)


def test_16_bit_greys_keep_their_brightness(tmp_path: Path) -> None:
    image = Image.new("I;16", (40, 30), 128 * 257)
    fitted, made = fit_picture(tmp_path, "a.png", saved(image, "PNG"))
    assert "16-bit colours reduced to 8" in fitted.changes
    assert close_to(made, (20, 20), (128, 128, 128))


def test_the_colour_profile_stays_unless_it_is_not_one(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    fitted, made = fit_picture(tmp_path, "a.jpg", saved(corners(), icc_profile=profile))
    assert made.info["icc_profile"] == profile
    assert fitted.changes == ()
    fitted, made = fit_picture(tmp_path, "b.jpg", saved(corners(), icc_profile=b"SecretProfile"))
    assert "icc_profile" not in made.info
    assert fitted.changes == ("unusable colour profile removed",)
    grey = saved(corners().convert("L"), icc_profile=profile)  # a profile for other colours
    fitted, made = fit_picture(tmp_path, "c.jpg", grey)
    assert "icc_profile" not in made.info
    assert fitted.changes == ("unusable colour profile removed",)


def test_the_first_frame_of_an_animation(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE, BLACK)]
    for form, name in (("PNG", "PNG"), ("WEBP", "WebP")):
        data = saved(frames[0], form, save_all=True, append_images=frames[1:])
        fitted, made = fit_picture(tmp_path, f"{form}.x", data)
        assert fitted.changes == (f"converted from {name}", "first frame of an animation")
        assert close_to(made, (10, 10), RED)


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
        ("gif.jpg", saved(corners(), "GIF"), "a GIF picture"),
        ("tiff.jpg", saved(corners(), "TIFF"), "a TIFF picture"),
        ("film.jpg", b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
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


def test_a_png_named_jpg_is_read_as_what_it_is(tmp_path: Path) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), "PNG"))
    assert fitted.changes == ("converted from PNG",)
