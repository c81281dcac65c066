"""Pictures stand upright."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ExifTags, Image

from tests.media.fitting import (
    BLUE,
    RED,
    close_to,
    corners,
    fit_picture,
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
