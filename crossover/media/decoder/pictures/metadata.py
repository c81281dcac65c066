"""What a picture file holds besides the picture. Loaded by the child process only."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import ExifTags, Image


def read_orientation(image: Image.Image) -> tuple[int, bool]:
    """Orientation (1-8), and whether EXIF says where the picture was taken."""
    try:
        exif = image.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
        place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001  broken EXIF is no reason to refuse a sound picture
        return 1, False
    return (orientation if orientation in range(1, 9) else 1), place


def find_metadata(image: Image.Image) -> bytes:
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
