"""Pictures go out in sRGB, and look as they did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from tests.media.fitting import (
    BLUE,
    RED,
    close_to,
    corners,
    fit_one,
    fit_picture,
    reason,
    saved,
)
from tests.media.made_pictures import display_p3


def test_transparency_becomes_white(tmp_path: Path) -> None:
    image = corners().convert("RGBA")
    image.paste((0, 0, 0, 0), (32, 0, 64, 48))
    fitted, made = fit_picture(tmp_path, "a.png", saved(image, "PNG"))
    assert fitted.changes == ("converted from PNG", "laid on white for transparency")
    assert close_to(made, (60, 40), (255, 255, 255))
    assert close_to(made, (4, 4), BLUE)


def test_a_palette_with_a_transparent_colour(tmp_path: Path) -> None:
    image = corners().quantize(4)
    fitted, made = fit_picture(
        tmp_path, "a.png", saved(image, "PNG", transparency=image.getpixel((0, 0)))
    )
    assert "laid on white for transparency" in fitted.changes
    assert made.mode == "RGB"
    assert close_to(made, (4, 4), (255, 255, 255))
    assert close_to(made, (60, 40), RED)


def test_cmyk_becomes_rgb(tmp_path: Path) -> None:
    fitted, made = fit_picture(tmp_path, "a.jpg", saved(corners().convert("CMYK"), quality=95))
    assert fitted.changes == ("converted from CMYK colours to sRGB",)
    assert made.mode == "RGB"
    assert close_to(made, (60, 40), RED)
    assert close_to(made, (4, 4), BLUE)


def test_16_bit_greys_keep_their_brightness(tmp_path: Path) -> None:
    image = Image.new("I;16", (40, 30), 128 * 257)
    fitted, made = fit_picture(tmp_path, "a.png", saved(image, "PNG"))
    assert "reduced from 16-bit colours to 8" in fitted.changes
    assert close_to(made, (20, 20), (128, 128, 128))


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_a_profile_that_says_what_all_take_for_granted_goes_without_a_word(tmp_path: Path) -> None:
    fitted, made = fit_picture(tmp_path, "a.jpg", saved(corners(), icc_profile=SRGB))
    assert "icc_profile" not in made.info
    assert fitted.changes == ()
    assert close_to(made, (4, 4), BLUE)


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_profile_that_is_none_or_for_other_colours_is_removed(tmp_path: Path, mode: str) -> None:
    profile = b"SecretProfile" if mode == "RGB" else SRGB
    data = saved(corners().convert(mode), icc_profile=profile)
    fitted, made = fit_picture(tmp_path, "a.jpg", data)
    assert "icc_profile" not in made.info
    assert fitted.changes == ("freed of a colour profile that cannot be used",)


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("1", ()),
        ("L", ()),
        ("LA", ()),
        ("P", ()),
        ("RGBA", ()),
        ("RGBX", ()),
        ("YCbCr", ()),
        ("CMYK", ("converted from CMYK colours to sRGB",)),
        ("LAB", ("converted from Lab colours to sRGB",)),
        ("I;16", ("reduced from 16-bit colours to 8",)),
        ("I;16B", ("reduced from 16-bit colours to 8",)),
    ],
)
def test_every_way_to_keep_colours_ends_in_the_same_ones(
    tmp_path: Path, mode: str, said: tuple[str, ...]
) -> None:
    grey = mode in ("1", "L", "LA", "I;16", "I;16B")
    image = in_mode(corners(), mode)
    fitted, made = fit_picture(tmp_path, "a.tif", saved(image, "TIFF"))
    assert fitted.changes == ("converted from TIFF", *said)
    if mode == "1":
        assert set(made.point(lambda value: value // 128).tobytes()) == {0, 1}
        return
    wanted = corners().convert("L").convert("RGB") if grey else corners()
    for at in ((8, 8), (56, 40)):
        allowed = 15 if mode == "LAB" else 2  # Lab of 8 bits is that coarse for a full blue
        assert differ(made.convert("RGB").getpixel(at), wanted.getpixel(at)) <= allowed


def in_mode(image: Image.Image, mode: str) -> Image.Image:
    if mode == "LAB":
        lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB")
        assert made is not None
        return made
    if mode.startswith("I;16"):
        return image.convert("L").convert("I").point(lambda value: value * 257).convert(mode)
    return image.quantize(4) if mode == "P" else image.convert(mode)


def differ(one: object, other: object) -> int:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return max(int(abs(a - b)) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("mode", ["I", "F"])
def test_measurements_are_no_colours(tmp_path: Path, mode: str) -> None:
    refused = reason(fit_one(tmp_path, "a.tif", saved(corners().convert(mode), "TIFF")))
    assert refused == "it holds measurements rather than colours; save it as a JPEG first"


COLOURS_OF_P3 = ((200, 80, 60), (40, 120, 70), (20, 30, 160), (90, 90, 90), (250, 240, 230))


def in_srgb(colour: tuple[int, ...], gamma: float | None) -> tuple[int, ...]:
    """A colour of Display P3 by its definition: the light of its values (by sRGB's curve, or a
    plain one), the matrix between both sets of primaries (CSS Color 4, 10.2), and back."""
    light = [
        v**gamma if gamma else v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (c / 255 for c in colour)
    ]
    rows = ((1.22494, -0.22494, 0), (-0.04206, 1.04206, 0), (-0.01964, -0.07864, 1.09827))
    sums = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, light, strict=True)))) for row in rows)
    return tuple(
        round(255 * (v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in sums
    )


@pytest.mark.parametrize("form", ["HEIF", "AVIF", "PNG", "JPEG"])
@pytest.mark.parametrize("colour", COLOURS_OF_P3)
def test_wide_colours_look_the_same_within_2_levels(
    tmp_path: Path, form: str, colour: tuple[int, int, int]
) -> None:
    image = Image.new("RGB", (64, 48), colour)
    how: dict[str, dict[str, Any]] = {
        "HEIF": {"quality": -1, "chroma": 444},
        "AVIF": {"quality": 100, "subsampling": "4:4:4"},
    }
    profile: dict[str, Any] = {"quality": 100, "subsampling": "4:4:4", "icc_profile": display_p3()}
    data = saved(image, form, **how.get(form, profile))
    if form in how:  # these name their colours by numbers
        at = data.index(b"colrnclx") + 9
        data = data[:at] + b"\x0c" + data[at + 1 :]
    fitted, made = fit_picture(tmp_path, "a.x", data)
    assert any("colours to sRGB" in change for change in fitted.changes)
    assert "icc_profile" not in made.info
    assert differ(made.getpixel((30, 20)), in_srgb(colour, None if form in how else 563 / 256)) <= 2


@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_keeps_its_greys_apart_and_its_white_bright(tmp_path: Path, transfer: int) -> None:
    steps = Image.new("RGB", (96, 48))
    for n in range(6):
        steps.paste((30 + n * 45,) * 3, (n * 16, 0, n * 16 + 16, 48))
    data = saved(steps, "AVIF", quality=100, subsampling="4:4:4")
    at = data.index(b"colrnclx") + 8
    data = data[:at] + bytes((0, 9, 0, transfer)) + data[at + 4 :]
    fitted, made = fit_picture(tmp_path, "a.avif", data)
    assert fitted.changes[-1] == "converted from BT.2020 HDR colours to sRGB"
    seen = made.crop((0, 24, 96, 25)).resize((6, 1), Image.Resampling.BOX).tobytes()[::3]
    assert sorted(seen) == list(seen)
    assert len(set(seen)) >= 5  # what is 8 times as bright as white is white
    assert seen[-1] > 245


def test_a_curve_that_is_nearly_that_of_srgb_is_converted(tmp_path: Path) -> None:
    data = saved(Image.new("RGB", (64, 48), (60, 20, 12)), "AVIF", quality=100, subsampling="4:4:4")
    at = data.index(b"colrnclx") + 8
    data = data[:at] + bytes((0, 1, 0, 4)) + data[at + 4 :]  # plain gamma of 2.2
    fitted, _ = fit_picture(tmp_path, "a.avif", data)
    assert "converted from BT.709 colours to sRGB" in fitted.changes
