"""What a file is, told by its first bytes and never by its name. Decodes nothing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 64
"""As much of a file's beginning as `looks_like` wants to see."""

PICTURES = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
"""As Pillow names the formats of pictures that are read; HEIF is what phones call HEIC."""
MP4 = "MP4"
EMPTY = "an empty file"

_OF_MEDIA = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "a JPEG XL picture"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"),
    (b"8BPS", "a Photoshop file"),
    (b"SIMPLE", "a FITS picture"),
    (b"\x1aE\xdf\xa3", "a WebM or MKV video"),
    (b"FLV", "an FLV video"),
)
_OF_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript file"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript file"),
    (b"PK", "a ZIP archive"),
    (b"#EXTM3U", "a playlist"),
    (b"ffconcat", "a playlist"),
)
_MEDIA = {*PICTURES, MP4, *(name for _, name in _OF_MEDIA)}
_AVIF_BRANDS = (b"avif", b"avis")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
_ANY_STILL_BRANDS = (b"mif1", b"msf1", b"miaf")
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_MAX_BOXES = 200_000


def looks_like(head: bytes) -> str:
    """One of `PICTURES` or `MP4` (QuickTime included), else a plain description."""
    if not head:
        return EMPTY
    if head[4:8] == b"ftyp":
        return _still_of(head) or MP4
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    for beginning, name in (*_OF_MEDIA, *_OF_OTHERS):
        if head.startswith(beginning):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "an SVG or XML text"
    if text.startswith((b"<!doctype", b"<html")):
        return "a web page"
    return "no kind of picture or video known here"


def _still_of(head: bytes) -> str | None:
    """`AVIF` or `HEIF` by the brands in an `ftyp` box (ISO 23008-12); None for a film."""
    length = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4))]
    if brands[0] in _ANY_STILL_BRANDS:  # what it is, one of the others says
        return "AVIF" if any(brand in _AVIF_BRANDS for brand in brands) else "HEIF"
    if brands[0] in _AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands[0] in _HEIF_BRANDS else None


def what_is_wrong(path: Path) -> str | None:
    """Explain why this file can be no video or picture, as words after "it is"; None when it can.
    Raises `OSError`."""
    with path.open("rb") as file:
        found = looks_like(file.read(HEAD_BYTES))
    if found in _MEDIA:
        return None
    return "empty; if it lies in a cloud, download it first" if found == EMPTY else found


def webp_size(data: bytes) -> tuple[int, int] | None:
    """Width and height a WebP file claims, in pixels, found without a decoder.

    Opening a WebP already reserves memory for all its pixels, so its size is looked at before.
    """
    chunk = data[12:16]
    if chunk == b"VP8X" and len(data) >= 30:
        return _u24(data, 24) + 1, _u24(data, 27) + 1
    if chunk == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8L" and len(data) >= 25:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _u24(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")


@dataclass(frozen=True, slots=True)
class Boxes:
    """The outermost boxes of an MP4 file. `missing_bytes` is how much of it was cut off."""

    container: str
    has_index: bool
    missing_bytes: int


def mp4_boxes(file: BinaryIO, size: int) -> Boxes:
    """Walk the outermost boxes of an MP4 of `size` bytes: a few reads, whatever the size."""
    container, seen, missing, at = "mp4", set[bytes](), 0, 0
    for _ in range(_MAX_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length, name = struct.unpack(">I4s", head[:8])
        if name == b"ftyp" and head[8:12] == b"qt  ":
            container = "mov"
        if length == 1 and len(head) == 16:
            (length,) = struct.unpack(">Q", head[8:])
        elif length == 0:
            length = size - at
        if length < 8:
            break
        seen.add(name)
        if at + length > size:
            # Anything may hang behind the last real box; only a cut film or index matters.
            missing = at + length - size if name in (b"moov", b"mdat", b"moof") else 0
            break
        at += length
    return Boxes(container, b"moov" in seen, missing)


def mp4_film_coding(file: BinaryIO, size: int) -> str | None:
    """The four letters by which an MP4 names how its film is coded (`avc1`, `bvc2`); None where
    it does not say. A few reads of its index, whatever its size."""
    for minf in _boxes_at(file, (0, size), b"moov", b"trak", b"mdia", b"minf"):
        if not any(_boxes_at(file, minf, b"vmhd")):  # only the track of a film has one
            continue
        for begin, _ in _boxes_at(file, minf, b"stbl", b"stsd"):
            file.seek(begin + 12)  # behind the version, the count and the first entry's length
            name = file.read(4).decode("latin-1").strip()
            return name if name.isascii() and name.isalnum() else None
    return None


def _boxes_at(
    file: BinaryIO, span: tuple[int, int], name: bytes, *inner: bytes
) -> Iterator[tuple[int, int]]:
    """Yield where the content of every box of this name, or of those at the path below it, begins
    and ends in the file."""
    at, end = span
    for _ in range(_MAX_BOXES):
        file.seek(at)
        head = file.read(16)
        if at + 8 > end or len(head) < 8:
            return
        length, found = struct.unpack(">I4s", head[:8])
        begin = at + 8
        if length == 1 and len(head) == 16:
            (length,) = struct.unpack(">Q", head[8:])
            begin = at + 16
        elif length == 0:
            length = end - at
        if at + length < begin:
            return
        if found == name:
            here = begin, min(at + length, end)
            if inner:
                yield from _boxes_at(file, here, *inner)
            else:
                yield here
        at += length
