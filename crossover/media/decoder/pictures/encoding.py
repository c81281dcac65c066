"""The JPEG that is written. Loaded by the child process only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, JpegImagePlugin

from crossover.errors import CrossoverError
from crossover.media.decoder.errors import NotWrittenError
from crossover.storage.atomic import write_atomic

QUALITIES = (95, 90, 85, 80)
"""The first is the best; the others are tried in turn on what has too many bytes."""
_SMALLER = 0.8
"""By this much both sides are scaled, as often as it takes, where even the last quality is too
large."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A JPEG and its width and height in pixels."""

    jpeg: bytes
    size: tuple[int, int]


def own_compression(image: Image.Image) -> dict[str, Any] | None:
    """The options by which a JPEG is compressed as it was; None for what was none."""
    if image.mode not in ("RGB", "L") or not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None
    return {
        "qtables": dict(image.quantization),
        "subsampling": JpegImagePlugin.get_sampling(image),
    }


def encode(
    image: Image.Image,
    same: dict[str, Any] | None,
    max_bytes: int,
    source_bytes: int,
    changes: dict[str, str],
) -> Encoded:
    """Encode with the options `same`, else as the best JPEG. Above `max_bytes` it is compressed
    harder, then scaled down; `source_bytes` is what the file had."""
    best = same or {"quality": QUALITIES[0], "subsampling": "4:4:4"}
    jpeg = as_jpeg(image, **best)
    if len(jpeg) <= max_bytes:
        return Encoded(jpeg, image.size)
    whole, quality = image.size, QUALITIES[0]
    for quality in QUALITIES:
        jpeg = as_jpeg(image, quality=quality, subsampling="4:2:0")
        if len(jpeg) <= max_bytes:
            break
    while len(jpeg) > max_bytes and min(image.size) > 1:
        width, height = (max(1, round(side * _SMALLER)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
        jpeg = as_jpeg(image, quality=quality, subsampling="4:2:0")
    detail = f"quality {quality}, {_megabytes(source_bytes)} → {_megabytes(len(jpeg))}"
    if image.size != whole:
        detail += f", {whole[0]} × {whole[1]} → {image.width} × {image.height} pixels"
    changes[f"compressed to fit {max_bytes / 1e6:g} MB"] = detail
    return Encoded(jpeg, image.size)


def as_jpeg(image: Image.Image, **how: Any) -> bytes:
    """Encode as a JPEG without metadata. `how` are options of Pillow's."""
    # What Pillow would carry over on its own (a comment) lives in `info`.
    image.info = {}
    out = BytesIO()
    image.save(out, "JPEG", exif=b"", **how)
    return out.getvalue()


def write_jpeg(target: Path, data: bytes, size: tuple[int, int]) -> dict[str, Any]:
    """Write an encoded JPEG of this size in pixels, and describe it. Raises `NotWrittenError`."""
    try:
        write_atomic(target, data)
    except CrossoverError as exc:
        cause = exc.__cause__
        raise NotWrittenError(cause.errno or 0 if isinstance(cause, OSError) else 0) from exc
    except OSError as exc:
        raise NotWrittenError(exc.errno or 0) from exc
    return {
        "width": size[0],
        "height": size[1],
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
