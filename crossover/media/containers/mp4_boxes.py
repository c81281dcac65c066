"""The boxes of an MP4 or QuickTime file, walked in bounds. Decodes nothing."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MAX_BOXES = 200_000


@dataclass(frozen=True, slots=True)
class Boxes:
    """The outermost boxes of an MP4 file. `container` is `mp4`, `3gp`, or `mov`, as the first ones
    without a mark of their own were; `missing_bytes` is how much of it was cut off."""

    container: str
    has_index: bool
    missing_bytes: int


def mp4_boxes(file: BinaryIO, size: int) -> Boxes:
    """Walk the outermost boxes of an MP4 of `size` bytes: a few reads, whatever the size."""
    container, seen, missing, at = "mov", set[bytes](), 0, 0
    for _ in range(_MAX_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length, name = struct.unpack(">I4s", head[:8])
        if name == b"ftyp":
            brand = head[8:12]
            container = "mov" if brand == b"qt  " else "3gp" if brand[:2] == b"3g" else "mp4"
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
    for minf in boxes_at(file, (0, size), b"moov", b"trak", b"mdia", b"minf"):
        if not any(boxes_at(file, minf, b"vmhd")):  # only the track of a film has one
            continue
        for begin, _ in boxes_at(file, minf, b"stbl", b"stsd"):
            file.seek(begin + 12)  # behind the version, the count and the first entry's length
            name = file.read(4).decode("latin-1").strip()
            return name if name.isascii() and name.isalnum() else None
    return None


def boxes_at(
    file: BinaryIO, span: tuple[int, int], name: bytes, *inner: bytes
) -> Iterator[tuple[int, int]]:
    """Yield where the content of every box of this name in `span`, or of those at the path below
    it, begins and ends in the file."""
    at, end = span
    for _ in range(_MAX_BOXES):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
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
                yield from boxes_at(file, here, *inner)
            else:
                yield here
        at += length
