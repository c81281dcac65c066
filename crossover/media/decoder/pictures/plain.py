"""A picture as it is seen: upright, in sRGB, on white. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from crossover.media.decoder.pictures.colours import profile_to_convert, to_srgb
from crossover.media.decoder.pictures.metadata import read_metadata
from crossover.media.decoder.pictures.opening import (
    DECODING_ERRORS,
    cannot_decode,
    format_of,
    open_picture,
    read_picture,
)
from crossover.media.decoder.pictures.turning import upright


def read_plain(source: Path, max_pixels: int) -> Image.Image:
    """Read a picture of any format that is read here. Raises `CannotFitError` for what cannot be
    decoded, and `OSError`."""
    data = read_picture(source)
    image = open_picture(data, max_pixels)
    orientation = read_metadata(image).orientation
    try:
        image.load()
    except DECODING_ERRORS as exc:
        raise cannot_decode(format_of(image), exc) from exc
    image = to_srgb(image, data, profile_to_convert(image, data, {}), {}).convert("RGB")
    return upright(image, orientation) if orientation != 1 else image
