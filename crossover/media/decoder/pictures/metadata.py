"""What a picture file holds besides the picture. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ExifTags, Image

# Marks of an HDR gain map: Adobe's and Apple's names in XMP, and the segment of ISO 21496-1.
_GAIN_MAPS = (b"hdr-gain-map/1.0/", b"ns.apple.com/HDRGainMap", b"urn:iso:std:iso:ts:21496:-1")
_HEIF_GAIN_MAP = "hdrgainmap"
# Where a phone keeps the film of a motion photo: Samsung's own mark; the box that Google's form
# for HEIC names (Motion Photo format 1.0); any MP4 behind a JPEG.
_SAMSUNG_FILM, _FILM_BOX, _MP4 = b"MotionPhoto_Data", b"mpvd", b"ftyp"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Which side of a picture is up, as EXIF has it (1 to 8); whether there is anything besides
    picture, density and colour profile, and whether it tells where the picture was taken."""

    orientation: int
    anything: bool
    place: bool


def read_metadata(image: Image.Image, tail: bytes = b"") -> Metadata:
    """Read what is in an opened picture. `tail` is what lies behind a JPEG."""
    orientation, place = _read_exif(image)
    found = _find_metadata(image)
    return Metadata(orientation, bool(found or tail.strip(b"\0")), place or b"GPSL" in found)


def find_extras(image: Image.Image, data: bytes, tail: bytes, changes: dict[str, str]) -> None:
    """Say what goes besides words: a gain map, a depth map, a film. `data` is the file."""
    auxiliary = image.info.get("aux") or {}
    if any(_HEIF_GAIN_MAP in str(name) for name in auxiliary) or any(
        mark in data for mark in _GAIN_MAPS
    ):
        changes["sent without the extra brightness for HDR screens"] = ""
    if image.info.get("depth_images"):
        changes["sent without the depth map"] = ""
    is_heif = image.format == "HEIF"
    if _MP4 in tail or _SAMSUNG_FILM in data or (is_heif and _FILM_BOX in data):
        changes["sent without the film of a motion photo"] = ""


def _read_exif(image: Image.Image) -> tuple[int, bool]:
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        return 1, False
    return (orientation if orientation in range(1, 9) else 1), place


def _find_metadata(image: Image.Image) -> bytes:
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
