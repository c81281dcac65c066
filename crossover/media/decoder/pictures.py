"""One picture made fit: an upright JPEG without metadata. Loaded by the child process only."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageCms, JpegImagePlugin

from crossover.errors import CrossoverError
from crossover.media.probe import HEAD_BYTES, MP4, PICTURES, looks_like, webp_size
from crossover.storage.atomic import write_atomic

PICTURE_FILE_BYTES = 200_000_000
PROFILE_BYTES = 2_000_000

JPEG_MAX_SIDE = 65_500
QUALITIES = (95, 90, 85, 80)

FORMAT_NAMES = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP"}


class CannotFitError(Exception):
    """This file cannot be made fit; the text is shown to the creator."""


class NotWrittenError(Exception):
    """The result could not be written."""

    def __init__(self, errno: int) -> None:
        super().__init__(errno)
        self.errno = errno


def fit_picture(source: Path, target: Path, max_pixels: int, max_bytes: int) -> dict[str, Any]:
    """Write `source` as an upright JPEG without metadata to `target`.

    A JPEG that need not be turned keeps its own compression; anything else gets the best.
    Above `max_bytes` it is compressed harder, in steps. Raises `CannotFitError` for what cannot be
    read, and `NotWrittenError`.
    """
    data = read_picture(source)
    image = open_picture(data, max_pixels)
    changes: list[str] = []

    name = "JPEG" if image.format == "MPO" else str(image.format)
    if name != "JPEG":
        changes.append(f"converted from {FORMAT_NAMES[name]}")
    # The extra pictures of an MPO are thumbnails and depth maps of the same shot.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        changes.append("first frame of an animation")
        image.seek(0)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError) as exc:
        raise CannotFitError(f"the {FORMAT_NAMES[name]} is damaged or cut short") from exc

    same = _own_compression(image) if name == "JPEG" else None
    orientation, place = _exif(image)
    if metadata := _metadata(image):
        place = place or b"GPSL" in metadata
        changes.append("metadata removed (place included)" if place else "metadata removed")
    image, profile = _to_rgb(image, data, changes)
    if orientation != 1:
        image = upright(image, orientation)
        changes.append("mirrored" if orientation in (2, 4) else "rotated")
        same = None
    out = _encode(image, profile, same, max_bytes, changes)
    return {**write_jpeg(target, out, image.size), "changes": changes}


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
    """Open a JPEG, PNG or WebP; its pixels are not decoded yet. Raises `CannotFitError` for what is
    none, is damaged, or has more than `max_pixels`."""
    kind = looks_like(data[:HEAD_BYTES])
    if kind not in PICTURES:
        what = "a video" if kind == MP4 else kind
        raise CannotFitError(f"not a picture that can be read (JPEG, PNG, WebP): it is {what}")
    if kind == "WEBP" and (claimed := webp_size(data)):
        _check_size(claimed, max_pixels)
    Image.MAX_IMAGE_PIXELS = None  # checked below, as an error, before any pixel is decoded
    try:
        image = Image.open(BytesIO(data), formats=PICTURES)
    except (OSError, SyntaxError, ValueError) as exc:
        raise CannotFitError(f"the {FORMAT_NAMES[kind]} is damaged or cut short") from exc
    _check_size(image.size, max_pixels)
    return image


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width < 1 or height < 1:
        raise CannotFitError("the picture has no pixels")
    if width * height > max_pixels:
        raise CannotFitError(
            f"the picture is too large: {width} × {height} pixels, at most "
            f"{max_pixels // 1_000_000} million are read"
        )
    if max(size) > JPEG_MAX_SIDE:
        raise CannotFitError(f"one side of the picture is longer than {JPEG_MAX_SIDE} pixels")


def _exif(image: Image.Image) -> tuple[int, bool]:
    """Orientation (1-8), and whether EXIF says where the picture was taken."""
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        return 1, False
    return (orientation if orientation in range(1, 9) else 1), place


def _metadata(image: Image.Image) -> bytes:
    """All that is in the file besides picture, density and colour profile; empty when nothing."""
    found = [bytes(data) for _, data in _segments(image)]
    values = [image.info.get(key) for key in ("exif", "xmp", "comment", "XML:com.adobe.xmp")]
    found += [
        value if isinstance(value, bytes) else str(value).encode() for value in values if value
    ]
    found += [f"{key}={text}".encode() for key, text in getattr(image, "text", {}).items()]
    return b"\n".join(found)


def _segments(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    needed = (("APP0", b"JF"), ("APP2", b"ICC_PROFILE"), ("APP14", b"Adobe"))
    for marker, data in getattr(image, "applist", ()):
        if not any(marker == m and data.startswith(start) for m, start in needed):
            yield marker, data or b"-"


def _own_compression(image: Image.Image) -> dict[str, Any] | None:
    if image.mode not in ("RGB", "L") or not isinstance(image, JpegImagePlugin.JpegImageFile):
        return None
    return {
        "qtables": dict(image.quantization),
        "subsampling": JpegImagePlugin.get_sampling(image),
    }


def _to_rgb(
    image: Image.Image, data: bytes, changes: list[str]
) -> tuple[Image.Image, bytes | None]:
    """The picture in RGB (a grey JPEG stays grey) and its colour profile, when that still fits."""
    profile = image.info.get("icc_profile") or None
    if image.format in ("JPEG", "MPO") and image.mode in ("RGB", "L"):
        return image, _usable(profile, image.mode, changes)
    if image.format == "PNG" and data[24] == 16:
        changes.append("16-bit colours reduced to 8")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "CMYK":
        changes.append("colours converted from CMYK")
        return _from_cmyk(image, profile, changes), None
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() != (255, 255):
            changes.append("transparency filled with white")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white, _usable(profile, "RGB", changes)
    return image.convert("RGB"), _usable(profile, "RGB", changes)


def _from_cmyk(image: Image.Image, profile: bytes | None, changes: list[str]) -> Image.Image:
    if _usable(profile, "CMYK", changes):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            turned = ImageCms.profileToProfile(
                image, BytesIO(profile or b""), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            if turned is not None:
                return turned
    return image.convert("RGB")


def _usable(profile: bytes | None, mode: str, changes: list[str]) -> bytes | None:
    """`profile`, if it is a sound one for `mode`: any other would spoil the colours."""
    if profile is None:
        return None
    space = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}[mode]
    if len(profile) <= PROFILE_BYTES:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            found = ImageCms.ImageCmsProfile(BytesIO(profile)).profile
            if found.xcolor_space.strip() == space:
                return profile
    changes.append("unusable colour profile removed")
    return None


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn or mirror a picture as its EXIF orientation (2 to 8) asks."""
    turn = Image.Transpose
    return image.transpose(
        {
            2: turn.FLIP_LEFT_RIGHT,
            3: turn.ROTATE_180,
            4: turn.FLIP_TOP_BOTTOM,
            5: turn.TRANSPOSE,
            6: turn.ROTATE_270,
            7: turn.TRANSVERSE,
            8: turn.ROTATE_90,
        }[orientation]
    )


def _encode(
    image: Image.Image,
    profile: bytes | None,
    same: dict[str, Any] | None,
    max_bytes: int,
    changes: list[str],
) -> bytes:
    best = same or {"quality": QUALITIES[0], "subsampling": "4:4:4"}
    out = as_jpeg(image, profile, **best)
    if len(out) <= max_bytes:
        return out
    changes.append(f"compressed to fit {max_bytes // 1_000_000} MB")
    for quality in QUALITIES:
        out = as_jpeg(image, profile, quality=quality, subsampling="4:2:0")
        if len(out) <= max_bytes:
            break
    return out


def as_jpeg(image: Image.Image, profile: bytes | None, **how: Any) -> bytes:
    """Encode as a JPEG without metadata but the colour profile. `how` are options of Pillow's."""
    # What Pillow would carry over on its own (a comment) lives in `info`.
    image.info = {}
    out = BytesIO()
    image.save(out, "JPEG", icc_profile=profile, exif=b"", **how)
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
