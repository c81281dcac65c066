"""A JPEG that lacks only its last lines is asked about; it goes out cropped to what is there."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.media.fitting import fit_one, fit_picture, reason, saved


def noise(**how: Any) -> bytes:
    """The same at every call: whether all lines are there without the last two bytes is chance."""
    grain = Image.frombytes("L", (160, 320), Random(1).randbytes(160 * 320))
    return saved(grain.point(lambda level: 64 + level // 2).convert("RGB"), quality=90, **how)


@pytest.mark.parametrize("how", [{"subsampling": "4:2:0"}, {"subsampling": "4:4:4"}])
@pytest.mark.parametrize("cut", [2, 40, 2000])
def test_the_lines_that_are_there_are_kept_and_the_others_counted(
    tmp_path: Path, how: dict[str, Any], cut: int
) -> None:
    source = noise(**how)
    fitted, made = fit_picture(tmp_path, "a.jpg", source[:-cut])
    told = re.fullmatch(r"the last (\d+) of its 320 lines are missing", fitted.missing)
    assert told
    assert fitted.height == 320 - int(told[1]) >= (300 if cut < 100 else 240)
    whole = Image.open(BytesIO(source)).crop((0, 0, 160, fitted.height))
    apart = ImageChops.difference(made, whole).tobytes()
    assert max(apart) <= 60  # it is coded anew, and nothing of it is grey
    assert sum(apart) / len(apart) < 6


def test_a_progressive_one_is_all_there_and_less_sharp(tmp_path: Path) -> None:
    fitted, _ = fit_picture(tmp_path, "a.jpg", noise(progressive=True)[:-3000])
    assert (fitted.width, fitted.height) == (160, 320)
    assert fitted.missing == "the end of its file is missing, so it is less sharp than it was"


def test_one_that_lacks_more_than_a_quarter_stays_behind(tmp_path: Path) -> None:
    source = noise()
    refused = reason(fit_one(tmp_path, "a.jpg", source[: len(source) // 2]))
    assert refused == "the JPEG is cut short: more than a quarter of it is missing"


def test_a_black_picture_is_as_high_as_its_lines(tmp_path: Path) -> None:
    image = Image.new("RGB", (640, 640))
    image.paste(Image.effect_noise((640, 320), 90), (0, 0))
    fitted, _ = fit_picture(tmp_path, "a.jpg", saved(image, quality=90)[:-20])
    assert fitted.height > 500


@pytest.mark.parametrize("spoilt", [b"\xff\xec\0\x04no", b"\xff\xd8\xff\xe0\0\x04no"])
def test_one_that_is_broken_in_the_middle_ends_there(tmp_path: Path, spoilt: bytes) -> None:
    source = noise()
    at = len(source) * 9 // 10
    fitted, _ = fit_picture(tmp_path, "a.jpg", source[:at] + spoilt + source[at + len(spoilt) :])
    assert "lines are missing" in fitted.missing
    assert 240 <= fitted.height < 300


def test_zeros_at_the_end_are_no_lines(tmp_path: Path) -> None:
    source = noise()
    at = len(source) * 9 // 10
    fitted, _ = fit_picture(tmp_path, "a.jpg", source[:at] + bytes(len(source) - at))
    assert "lines are missing" in fitted.missing
    assert 240 <= fitted.height < 300
