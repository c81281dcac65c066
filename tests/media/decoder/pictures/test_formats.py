"""Pictures of every format, made fit through the real child process."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from tests.media.fitting import (
    BLACK,
    BLUE,
    RED,
    close_to,
    corners,
    fit_picture,
    saved,
)


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize(
    "how", [{}, {"progressive": True}, {"subsampling": "4:4:4", "quality": 98}]
)
def test_a_jpeg_that_is_fit_keeps_its_pixels_to_the_last_bit(
    tmp_path: Path, mode: str, how: dict[str, Any]
) -> None:
    noise = Image.effect_noise((90, 70), 90).convert(mode)
    source = saved(
        noise, comment=b"secret", exif=camera(), xmp=b"<x>secret</x>", dpi=(77, 78), **how
    )
    fitted, made = fit_picture(tmp_path, "a.jpg", source + b"secret tail")
    assert fitted.changes == ("metadata removed",)
    before = Image.open(BytesIO(source))
    assert made.tobytes() == before.tobytes()
    assert made.quantization == before.quantization  # type: ignore[attr-defined]
    assert made.info.get("progressive") == before.info.get("progressive")
    data = (tmp_path / fitted.path).read_bytes()
    assert b"secret" not in data
    assert data[-2:] == b"\xff\xd9"


def test_of_a_plain_jpeg_nothing_is_said(tmp_path: Path) -> None:
    source = saved(corners(), quality=60)
    fitted, _ = fit_picture(tmp_path, "a.jpg", source)
    assert fitted.changes == ()
    assert (tmp_path / fitted.path).read_bytes() == source


def test_a_jpeg_that_is_turned_keeps_its_own_compression(tmp_path: Path) -> None:
    source = saved(corners(), quality=60, subsampling="4:2:0", exif=camera(orientation=6))
    fitted, made = fit_picture(tmp_path, "a.jpg", source)
    assert fitted.changes == ("metadata removed", "rotated")
    assert made.quantization == Image.open(BytesIO(source)).quantization  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["HEIF", "AVIF", "WEBP", "PNG", "TIFF"])
def test_what_says_how_it_is_held_is_turned_once(tmp_path: Path, form: str) -> None:
    exif = camera(orientation=6).tobytes()
    fitted, made = fit_picture(tmp_path, "a.x", saved(corners(), form, exif=exif))
    assert made.size == (fitted.width, fitted.height) == (48, 64)
    assert close_to(made, (44, 4), BLUE)
    assert close_to(made, (4, 4), RED)


def camera(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "secret"
    exif[ExifTags.Base.Orientation] = orientation
    return exif


def test_every_picture_has_a_thumbnail(tmp_path: Path) -> None:
    for name, data in {
        "a.jpg": saved(corners(2000, 1000)),
        "b.png": saved(corners(2000, 1000), "PNG"),
        "c.jpg": saved(corners(2000, 1000), exif=camera(orientation=3)),
    }.items():
        fitted, _ = fit_picture(tmp_path, name, data)
        small = fitted.thumbnail
        assert small is not None
        assert small.path == fitted.path.removesuffix(".jpg") + "-small.jpg"
        with Image.open(tmp_path / small.path) as image:
            assert image.size == (small.width, small.height) == (480, 240)
            assert close_to(image, (460, 220) if name == "c.jpg" else (20, 20), BLUE)
            assert not image.getexif()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("PNG", "PNG"),
        ("WEBP", "WebP"),
        ("HEIF", "HEIC"),
        ("AVIF", "AVIF"),
        ("GIF", "GIF"),
        ("BMP", "BMP"),
        ("TIFF", "TIFF"),
    ],
)
def test_a_picture_is_known_by_its_content_and_keeps_its_colours(
    tmp_path: Path, form: str, name: str
) -> None:
    how = {"lossless": True} if form == "WEBP" else {}
    fitted, made = fit_picture(tmp_path, "named.jpg", saved(corners(), form, **how))
    assert fitted.changes == (f"converted from {name}",)
    for at, colour in {(8, 8): BLUE, (56, 8): RED, (8, 40): RED, (56, 40): RED}.items():
        found = made.getpixel(at)
        assert isinstance(found, tuple)
        assert all(abs(a - b) <= 2 for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize(
    ("form", "name"), [("PNG", "PNG"), ("WEBP", "WebP"), ("GIF", "GIF"), ("AVIF", "AVIF")]
)
def test_the_first_frame_of_an_animation(tmp_path: Path, form: str, name: str) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE, BLACK)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:])
    fitted, made = fit_picture(tmp_path, "a.x", data)
    assert fitted.changes == (
        f"converted from {name}",
        "reduced to the first frame of an animation",
    )
    assert close_to(made, (10, 10), RED)


def test_the_first_page_of_a_tiff(tmp_path: Path) -> None:
    data = saved(corners(), "TIFF", save_all=True, append_images=[Image.new("RGB", (20, 20))])
    fitted, made = fit_picture(tmp_path, "a.tif", data)
    assert fitted.changes == ("converted from TIFF", "reduced to the first page of several")
    assert close_to(made, (4, 4), BLUE)


def test_the_further_pictures_of_a_jpeg_are_of_the_same_shot(tmp_path: Path) -> None:
    data = saved(corners(), "MPO", save_all=True, append_images=[corners(32, 24)])
    fitted, made = fit_picture(tmp_path, "a.jpg", data)
    assert "reduced to the first frame of an animation" not in fitted.changes
    assert made.size == (64, 48)


def test_a_png_named_jpg_is_read_as_what_it_is(tmp_path: Path) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), "PNG"))
    assert fitted.changes == ("converted from PNG",)
