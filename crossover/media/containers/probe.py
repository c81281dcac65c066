"""What a file is, told by its first bytes and never by its name. Decodes nothing."""

from __future__ import annotations

import re
import struct
from pathlib import Path

HEAD_BYTES = 512
"""As much of a file's beginning as `looks_like` wants to see."""

PICTURES = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
"""As Pillow names the formats of pictures that are read; HEIF is what phones call HEIC."""
MP4 = "MP4"
EMPTY = "an empty file"
UNKNOWN = "no kind of picture or video known here"
AVI, FLV, MKV, MPEG_PS, MPEG_TS, WEBM, WMV = (
    "an AVI video",
    "an FLV video",
    "an MKV video",
    "an MPEG video",
    "an MPEG-TS video",
    "a WebM video",
    "a WMV video",
)
VIDEOS = frozenset({MP4, AVI, FLV, MKV, MPEG_PS, MPEG_TS, WEBM, WMV})

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
    (b"FLV", FLV),
    (b"\x00\x00\x01\xba", MPEG_PS),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", WMV),
)
_OF_RIFF = {b"WEBP": "WEBP", b"AVI ": AVI, b"WAVE": "a sound (WAV)"}
_OF_OTHERS = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript file"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript file"),
    (b"PK", "a ZIP archive"),
    (b"#EXTM3U", "a playlist"),
    (b"ffconcat", "a playlist"),
    (b"ID3", "a sound (MP3)"),
    (b"\xff\xfb", "a sound (MP3)"),
    (b"\xff\xf1", "a sound (AAC)"),
    (b"fLaC", "a sound (FLAC)"),
    (b"OggS", "an Ogg file"),
    (b".RMF", "a RealMedia video"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
)
_MEDIA = {*PICTURES, *VIDEOS, *(name for _, name in _OF_MEDIA)}
_AVIF_BRANDS = (b"avif", b"avis")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
_ANY_STILL_BRANDS = (b"mif1", b"msf1", b"miaf")
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_FIRST_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"moof", b"styp")
"""With which a QuickTime file may begin, or a fragment of an MP4."""
_TS_PACKETS = ((0, 188), (4, 192))
"""Where an MPEG-TS file has its first sync byte, and how far apart they are."""


def looks_like(head: bytes) -> str:
    """One of `PICTURES` or `MP4` (QuickTime included), else a plain description."""
    if not head:
        return EMPTY
    if head[4:8] == b"ftyp":
        return _still_of(head) or MP4
    if head[4:8] in _FIRST_BOXES:
        return MP4
    if head[:4] == b"RIFF":
        return _OF_RIFF.get(head[8:12], UNKNOWN)
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "BMP"
    if head.startswith(b"\x1aE\xdf\xa3"):
        return WEBM if b"webm" in head[:64] else MKV
    if any(head[at::apart][:3] == b"GGG" for at, apart in _TS_PACKETS):
        return MPEG_TS
    for beginning, name in (*_OF_MEDIA, *_OF_OTHERS):
        if head.startswith(beginning):
            return name
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "an SVG or XML text"
    if text.startswith((b"<!doctype", b"<html")):
        return "a web page"
    return UNKNOWN


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


def heif_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of the largest picture that a HEIC or AVIF file claims to hold, in pixels,
    found without a decoder (the `ispe` boxes of ISO 23008-12).

    What is shown of it may be cropped, and says nothing of what is decoded.
    """
    sizes = [
        struct.unpack_from(">II", data, found.end())
        for found in re.finditer(rb"\0\0\0\x14ispe\0{4}", data)
        if found.end() + 8 <= len(data)
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _u24(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 3], "little")
