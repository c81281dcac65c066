"""Small pictures for previews. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from crossover.media.decoder.pictures.encoding import as_jpeg, write_jpeg

THUMBNAIL_SIDE = 480
"""Pixels of its longer side."""
_QUALITY = 80


def write_thumbnail(image: Image.Image, target: Path) -> dict[str, Any]:
    """Write a picture in sRGB, upright, as a small one, and describe it. Raises
    `NotWrittenError`."""
    side = THUMBNAIL_SIDE
    small = image.copy() if max(image.size) <= side else _scaled(image, side / max(image.size))
    data = as_jpeg(small, quality=_QUALITY, subsampling="4:2:0")
    return write_jpeg(target, data, small.size)


def _scaled(image: Image.Image, share: float) -> Image.Image:
    size = tuple(max(1, round(side * share)) for side in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.LANCZOS, reducing_gap=2.0)
