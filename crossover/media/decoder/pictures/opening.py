"""Opens a stranger's picture, in bounds: only known formats, and not more pixels than allowed. Loaded
by the child process only."""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, TiffImagePlugin
from PIL.JpegImagePlugin import JpegImageFile
from pillow_heif import HeifImageFile

from crossover.media.containers.probe import (
    HEAD_BYTES,
    MP4,
    PICTURES,
    heif_size,
    looks_like,
    webp_size,
)
from crossover.media.decoder.errors import CannotFitError

PICTURE_FILE_BYTES = 200_000_000
JPEG_PIXELS = 250_000_000
"""A JPEG may have as many, since it is scaled while decoding; phones make 200 million. A progressive
one is held whole in memory as it is coded: up to 6 bytes a pixel."""
JPEG_MAX_SIDE = 65_500
FORMAT_NAMES = {
    "JPEG": "JPEG",
    "PNG": "PNG",
    "WEBP": "WebP",
    "HEIF": "HEIC",
    "AVIF": "AVIF",
    "GIF": "GIF",
    "BMP": "BMP",
    "TIFF": "TIFF",
}
DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    RuntimeError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
)
"""What decoders raise for a file that is damaged."""


def read_picture(source: Path) -> bytes:
    """Read a whole picture file. Raises `CannotFitError` for one that is too large, and
    `OSError`."""
    with source.open("rb") as file:
        data = file.read(PICTURE_FILE_BYTES + 1)
    if len(data) > PICTURE_FILE_BYTES:
        raise CannotFitError(
            f"the picture file is larger than {PICTURE_FILE_BYTES // 1_000_000} MB"
        )
    return data


def open_picture(data: bytes, max_pixels: int) -> Image.Image:
    """Open a picture of a format of `PICTURES`; its pixels are not decoded yet.

    A JPEG of more than `max_pixels` will be scaled while decoding, and has that size then. Raises
    `CannotFitError` for any other of so many, and for what is damaged or no picture.
    """
    kind = looks_like(data[:HEAD_BYTES])
    if kind not in PICTURES:
        what = "a video" if kind == MP4 else kind
        names = ", ".join(FORMAT_NAMES.values())
        raise CannotFitError(f"not a picture that can be read ({names}): it is {what}")
    sizes = {"WEBP": webp_size, "HEIF": heif_size, "AVIF": heif_size}
    if kind in sizes and (claimed := sizes[kind](data)):
        _check_size(claimed, max_pixels)
    Image.MAX_IMAGE_PIXELS = None  # checked below, as an error, before any pixel is decoded
    try:
        # HEIC is opened without being made known to Pillow, which would change it for all.
        image: Image.Image = (
            HeifImageFile(BytesIO(data))  # type: ignore[no-untyped-call]
            if kind == "HEIF"
            else Image.open(BytesIO(data), formats=(kind,))
        )
    except DECODING_ERRORS as exc:
        raise cannot_decode(kind, exc) from exc
    if isinstance(image, JpegImageFile):
        _check_size(image.size, max(max_pixels, JPEG_PIXELS))
        scale_while_decoding(image, max_pixels)
    _check_size(image.size, max_pixels)
    if (
        isinstance(image, TiffImagePlugin.TiffImageFile)
        and ExifTags.Base.DNGVersion in image.tag_v2
    ):
        raise CannotFitError("it is what the camera's sensor saw (raw); save it as a JPEG first")
    return image


def scale_while_decoding(image: JpegImageFile, max_pixels: int) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth where it has more than `max_pixels`."""
    width, height = image.size
    scale = next((n for n in (1, 2, 4) if width * height <= max_pixels * n * n), 8)
    if scale > 1:
        image.draft(None, (-(-width // scale), -(-height // scale)))


def format_of(image: Image.Image) -> str:
    """The format of an opened picture as `PICTURES` has it. An MPO is a JPEG with further ones."""
    return "JPEG" if image.format == "MPO" else str(image.format)


def cannot_decode(kind: str, cause: Exception) -> CannotFitError:
    """What to tell of a picture that its decoder refused."""
    if "security limit" in str(cause).lower():
        return CannotFitError(
            f"the {FORMAT_NAMES[kind]} is larger than its decoder takes; save it as a JPEG first"
        )
    return CannotFitError(f"the {FORMAT_NAMES[kind]} is damaged or cut short")


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise CannotFitError("the picture has no pixels")
    if width * height > max_pixels:
        most = max_pixels // 1_000_000
        jpeg = f", of a JPEG {JPEG_PIXELS // 1_000_000}" if max_pixels < JPEG_PIXELS else ""
        raise CannotFitError(
            f"the picture is too large: {width} × {height} pixels, at most {most} million are read{jpeg}"
        )
    if max(size) > JPEG_MAX_SIDE:
        raise CannotFitError(f"one side of the picture is longer than {JPEG_MAX_SIDE} pixels")
