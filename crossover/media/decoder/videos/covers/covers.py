"""The cover of a video. Loaded by the child process only.

`frame_choice` finds the frame, `crop` the part of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from crossover.media.decoder.pictures.encoding import as_jpeg, write_jpeg
from crossover.media.decoder.videos.covers.crop import crop_box
from crossover.media.decoder.videos.covers.frame_choice import CoverFrame
from crossover.media.decoder.videos.covers.frame_measure import (
    WHOLE,
    MeasuredPicture,
    measured_size,
)

COVER_QUALITY = 92


def cut_cover(chosen: CoverFrame, cover_size: tuple[int, int]) -> Image.Image | None:
    """Cut the chosen frame to the shape of `cover_size`: at most that large, never enlarged. None if
    it is far too small."""
    found = chosen.frame.found
    crop = crop_box(found.size, cover_size, chosen.box, chosen.frame)
    return _scaled(found.picture().crop(crop), cover_size) if crop else None


def cut_picture(picture: Image.Image, cover_size: tuple[int, int]) -> Image.Image | None:
    """Cut a picture, upright and in RGB, to a cover, as a frame is."""
    small = picture.resize(measured_size(picture.size), Image.Resampling.BOX)
    crop = crop_box(picture.size, cover_size, WHOLE, MeasuredPicture(small))
    return _scaled(picture.crop(crop), cover_size) if crop else None


def _scaled(image: Image.Image, most: tuple[int, int]) -> Image.Image:
    return image.resize(most, Image.Resampling.LANCZOS) if image.width > most[0] else image


def write_cover(image: Image.Image, target: Path) -> dict[str, Any]:
    """Write a cover, and describe it. Raises `NotWrittenError`."""
    data = as_jpeg(image, quality=COVER_QUALITY, subsampling="4:4:4")
    return write_jpeg(target, data, image.size)
