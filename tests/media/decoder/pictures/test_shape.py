"""Pictures stand upright, and strips get the shape that the rule says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image

from crossover.media.fit.fitted import FittedPicture
from crossover.model.choices import PictureShape, Rules
from tests.media.fitting import (
    BLUE,
    LIMITS,
    RED,
    close_to,
    corners,
    fit_all,
    fit_picture,
    media,
    saved,
)


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


@pytest.mark.parametrize(
    ("size", "shape", "made"),
    [
        ((900, 300), PictureShape.KEEP, (900, 300)),
        ((900, 300), PictureShape.PAD, (900, 450)),
        ((900, 300), PictureShape.CROP, (600, 300)),
        ((100, 1000), PictureShape.PAD, (500, 1000)),
        ((100, 1000), PictureShape.CROP, (100, 200)),
        ((600, 300), PictureShape.PAD, (600, 300)),
        ((300, 600), PictureShape.CROP, (300, 600)),
    ],
)
def test_strips_get_the_shape_that_the_rule_says(
    tmp_path: Path, size: tuple[int, int], shape: PictureShape, made: tuple[int, int]
) -> None:
    item = media(tmp_path, "a.jpg", saved(Image.new("RGB", size, RED), quality=95))
    fitted = fit_all(tmp_path, [item], LIMITS, rules=Rules(shape=shape))[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert (fitted.width, fitted.height) == made
    said = {PictureShape.PAD: "given a border", PictureShape.CROP: "cropped around the subject"}
    assert fitted.changes == ((said[shape],) if made != size else ())
    with Image.open(tmp_path / fitted.path) as image:
        assert image.size == made
        assert close_to(image, (made[0] // 2, 2), RED)
        assert close_to(image, (2, made[1] // 2), RED)


def test_a_border_is_white_beside_an_edge_of_several_colours(tmp_path: Path) -> None:
    item = media(tmp_path, "a.jpg", saved(corners(100, 1000), quality=95))
    rules = Rules(shape=PictureShape.PAD)
    fitted = fit_all(tmp_path, [item], LIMITS, rules=rules)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert fitted.details == {"given a border": "white, 100 × 1000 → 500 × 1000 pixels"}
    with Image.open(tmp_path / fitted.path) as image:
        assert close_to(image, (20, 500), (255, 255, 255))
        assert close_to(image, (210, 100), BLUE)
        assert close_to(image, (290, 900), RED)


@pytest.mark.parametrize("at", [60, 420, 780])
def test_a_crop_keeps_the_subject(tmp_path: Path, at: int) -> None:
    strip = Image.new("RGB", (900, 200), (90, 110, 100))
    strip.paste(Image.effect_noise((80, 120), 90).convert("RGB"), (at - 40, 40))
    strip.paste(RED, (at - 15, 85, at + 15, 115))
    item = media(tmp_path, "a.png", saved(strip, "PNG"))
    rules = Rules(shape=PictureShape.CROP)
    fitted = fit_all(tmp_path, [item], LIMITS, rules=rules)[item.sha256, item.kind]
    assert isinstance(fitted, FittedPicture)
    assert (fitted.width, fitted.height) == (400, 200)
    with Image.open(tmp_path / fitted.path) as image:
        red = [x for x in range(400) if close_to(image, (x, 100), RED)]
    assert len(red) >= 28


def test_a_rule_that_is_changed_makes_only_strips_anew(tmp_path: Path) -> None:
    items = [
        media(tmp_path, "a.jpg", saved(corners())),
        media(tmp_path, "b.jpg", saved(corners(90, 9))),
    ]
    before = fit_all(tmp_path, items)
    after = fit_all(tmp_path, items, rules=Rules(shape=PictureShape.PAD))
    plain, strip = ((item.sha256, item.kind) for item in items)
    assert after[plain] == before[plain]
    assert after[strip] != before[strip]
    assert len(list((tmp_path / "ready").glob("*-small.jpg"))) == 3
    assert fit_all(tmp_path, items) == before
