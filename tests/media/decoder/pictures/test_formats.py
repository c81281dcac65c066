"""Pictures of every format, made fit through the real child process."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.media.fitting import (
    BLACK,
    BLUE,
    RED,
    close_to,
    corners,
    fit_picture,
    saved,
)


def test_a_plain_jpeg_keeps_its_compression_and_nothing_is_said(tmp_path: Path) -> None:
    source = saved(corners(), quality=60, subsampling="4:2:0")
    fitted, image = fit_picture(tmp_path, "a.jpg", source)
    assert fitted.changes == ()
    before = Image.open(BytesIO(source))
    assert image.quantization == before.quantization  # type: ignore[attr-defined]
    assert fitted.bytes <= len(source) + 100


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
    assert fitted.changes == (f"converted from {name}", "first frame of an animation")
    assert close_to(made, (10, 10), RED)


def test_the_first_page_of_a_tiff(tmp_path: Path) -> None:
    data = saved(corners(), "TIFF", save_all=True, append_images=[Image.new("RGB", (20, 20))])
    fitted, made = fit_picture(tmp_path, "a.tif", data)
    assert fitted.changes == ("converted from TIFF", "first page of several")
    assert close_to(made, (4, 4), BLUE)


def test_the_further_pictures_of_a_jpeg_are_of_the_same_shot(tmp_path: Path) -> None:
    data = saved(corners(), "MPO", save_all=True, append_images=[corners(32, 24)])
    fitted, made = fit_picture(tmp_path, "a.jpg", data)
    assert "first frame of an animation" not in fitted.changes
    assert made.size == (64, 48)


def test_a_png_named_jpg_is_read_as_what_it_is(tmp_path: Path) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(corners(), "PNG"))
    assert fitted.changes == ("converted from PNG",)
