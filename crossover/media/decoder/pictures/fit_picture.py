"""One picture made fit: an upright JPEG without metadata. Loaded by the child process only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image

from crossover.media.decoder.pictures.colours import to_srgb
from crossover.media.decoder.pictures.encoding import encode, own_compression, write_jpeg
from crossover.media.decoder.pictures.metadata import find_metadata, read_orientation
from crossover.media.decoder.pictures.opening import (
    DECODING_ERRORS,
    FORMAT_NAMES,
    cannot_decode,
    format_of,
    open_picture,
    read_picture,
)
from crossover.media.decoder.pictures.turning import upright


def fit_picture(source: Path, target: Path, max_pixels: int, max_bytes: int) -> dict[str, Any]:
    """Write `source` as an upright JPEG without metadata to `target`.

    A JPEG that need not be turned keeps its own compression; anything else gets the best.
    Above `max_bytes` it is compressed harder, in steps. Raises `CannotFitError` for what cannot be
    read, and `NotWrittenError`.
    """
    data = read_picture(source)
    image = open_picture(data, max_pixels)
    changes: list[str] = []

    name = format_of(image)
    if name != "JPEG":
        changes.append(f"converted from {FORMAT_NAMES[name]}")
    try:
        if note := _note_further(image):
            changes.append(note)
        image.load()
    except DECODING_ERRORS as exc:
        raise cannot_decode(name, exc) from exc

    same = own_compression(image) if name == "JPEG" else None
    orientation, place = read_orientation(image)
    if metadata := find_metadata(image):
        place = place or b"GPSL" in metadata
        changes.append("metadata removed (place included)" if place else "metadata removed")
    image = to_srgb(image, data, changes)
    if orientation != 1:
        image = upright(image, orientation)
        changes.append("mirrored" if orientation in (2, 4) else "rotated")
        same = None
    out = encode(image, same, max_bytes, changes)
    return {**write_jpeg(target, out, image.size), "changes": changes}


def _note_further(image: Image.Image) -> str:
    """What is said of further pictures in the file, which are left out; empty where none are."""
    # Those of an MPO are thumbnails and depth maps of the same shot.
    if image.format == "MPO" or getattr(image, "n_frames", 1) < 2:
        return ""
    return {"TIFF": "first page of several", "HEIF": "main picture of several"}.get(
        str(image.format), "first frame of an animation"
    )
