"""What a JPEG file is made of: its coded picture, and all else. Decodes nothing. Loaded by the child
process only.

Segments as ITU-T T.81, annex B, has them.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

END = b"\xff\xd9"
"""The mark at the end of a picture (EOI)."""

_START = b"\xff\xd8"
_JFIF, _ADOBE = b"JFIF\0", b"Adobe"
_NO_LENGTH = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_TABLES = {*_FRAMES, 0xC4, 0xCC, 0xDB, 0xDC, 0xDD}
"""Frames; Huffman, arithmetic and quantization tables; number of lines and restart interval."""
_SCAN, _COMMENT = 0xDA, 0xFE
_BETWEEN_SCANS = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SCAN, _COMMENT}
# In coded data, 0xff stands before 0 or a restart number; before anything else it is a marker.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class JpegFile:
    """A JPEG taken apart.

    `plain` is a JPEG of the same pixels to the last bit and nothing else. `tail` is what lies behind
    the picture: further pictures, a film. `ended` is false where the picture has no end, or
    something else stands in the middle of it; `sound_bytes` come before that. `scans` counts the
    parts it is coded in, 1 unless it is progressive. `size` is its width and height as coded.
    """

    plain: bytes
    tail: bytes
    ended: bool
    sound_bytes: int
    scans: int
    size: tuple[int, int]


def take_apart(data: bytes) -> JpegFile:
    """Take a JPEG apart. What is no JPEG gives one without scans."""
    kept, scans, at, size = [_START], 0, 2, (0, 0)
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            at = _marker_from(data, at)
            continue
        marker = data[at + 1]
        if marker == 0xFF:  # any number of these may stand before a marker
            at += 1
        elif marker in _NO_LENGTH:
            at += 2
        elif marker == END[1] or (scans and marker not in _BETWEEN_SCANS):
            break
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if marker == _SCAN:
                scans += 1
                end = _marker_from(data, end)
                kept.append(data[at:end])
            else:
                if marker in _FRAMES:
                    height, width = struct.unpack_from(">HH", data[at:end].ljust(9), 5)
                    size = width, height
                kept.append(_needed(marker, data[at:end]))
            at = end
    ended = data[at : at + 2] == END
    tail = data[at + 2 :] if ended else b""
    return JpegFile(b"".join((*kept, END)), tail, ended, at, scans, size)


def _marker_from(data: bytes, at: int) -> int:
    found = _NEXT_MARKER.search(data, at)
    return found.start() if found else len(data)


def _needed(marker: int, segment: bytes) -> bytes:
    """As much of a segment as the pixels hang on; how colours are coded, two of them tell."""
    if marker in _TABLES:
        return segment
    content = segment[4:]
    if marker == 0xE0 and content.startswith(_JFIF) and len(content) >= 14:
        # Its density and its own small picture are not needed.
        return b"\xff\xe0\0\x10" + content[:7] + b"\0\0\x01\0\x01\0\0"
    if marker == 0xEE and content.startswith(_ADOBE) and len(content) >= 12:
        return b"\xff\xee\0\x0e" + content[:12]
    return b""
