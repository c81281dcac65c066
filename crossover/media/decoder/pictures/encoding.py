"""The JPEG that is written. Loaded by the child process only."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, JpegImagePlugin

from crossover.errors import CrossoverError
from crossover.media.decoder.errors import NotWrittenError
from crossover.storage.atomic import write_atomic

QUALITIES = (95, 90, 85, 80)


def own_compression(image: Image.Image) -> dict[str, Any] | None:
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
    changes: list[str],
) -> bytes:
    best = same or {"quality": QUALITIES[0], "subsampling": "4:4:4"}
    out = as_jpeg(image, **best)
    if len(out) <= max_bytes:
        return out
    changes.append(f"compressed to fit {max_bytes // 1_000_000} MB")
    for quality in QUALITIES:
        out = as_jpeg(image, quality=quality, subsampling="4:2:0")
        if len(out) <= max_bytes:
            break
    return out


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
