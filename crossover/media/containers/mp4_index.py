"""What the index of an MP4 or QuickTime file says that FFmpeg does not pass on. Decodes nothing."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from crossover.media.containers.mp4_boxes import boxes_at

_MOST_READ = 65_536
"""Bytes of one box that are read: a table of edits has 12 or 20 for each of them."""
_HIDDEN, _HIDDEN_PICTURES = 0.5, 4
"""Seconds and pictures under which an edit list does no more than line picture and sound up, and
make up for pictures that are not stored in the order in which they are shown."""
_TABLES = (b"mdia", b"minf", b"stbl")
_PLACE_TRACKS = (b"gpmd", b"camm")
"""Tracks in which cameras keep the way they took, by the name of their coding."""
_PLACE_KEY = b".location."
"""Part of the keys by which Apple's tracks of notes (mebx) tell of places."""


@dataclass(frozen=True, slots=True)
class Mp4Index:
    """`first`: the index stands before the film. `fragmented`: it is spread over the file.
    `hidden_seconds` of the film are cut off by its edit list. `dolby_vision`: its coding says so.
    `mirrored`: it is displayed as in a mirror. `located`: a packet of XMP, or a track of its own, tells a place."""

    first: bool = False
    fragmented: bool = False
    hidden_seconds: float = 0.0
    dolby_vision: bool = False
    mirrored: bool = False
    located: bool = False


def read_mp4_index(file: BinaryIO, size: int) -> Mp4Index:
    """Read the index of an MP4 of `size` bytes: a few reads, whatever the size. What is forged or
    missing in it counts as not there."""
    whole = (0, size)
    moov = next(boxes_at(file, whole, b"moov"), None)
    film = next(boxes_at(file, whole, b"mdat"), None)
    if moov is None:
        return Mp4Index()
    fragmented = any(boxes_at(file, moov, b"mvex"))
    hidden, dolby_vision, mirrored, located = 0.0, False, False, False
    scale = _clock(_content(file, next(boxes_at(file, moov, b"mvhd"), None)))
    for track in boxes_at(file, moov, b"trak"):
        codings = [_content(file, coding) for coding in boxes_at(file, track, *_TABLES, b"stsd")]
        located = located or any(map(_tells_place, codings))
        if not any(boxes_at(file, track, b"mdia", b"minf", b"vmhd")):
            continue  # only the track of a film has one
        if not fragmented and scale is not None:
            hidden = max(hidden, _hidden_seconds(file, track, scale[0]))
        for header in boxes_at(file, track, b"tkhd"):
            mirrored = mirrored or _is_mirrored(_content(file, header))
        dolby_vision = dolby_vision or any(b"dvcC" in data or b"dvvC" in data for data in codings)
    notes = [*boxes_at(file, whole, b"uuid"), *boxes_at(file, moov, b"uuid")]
    notes += boxes_at(file, moov, b"udta", b"XMP_")
    return Mp4Index(
        first=film is None or moov < film,
        fragmented=fragmented,
        hidden_seconds=hidden,
        dolby_vision=dolby_vision,
        mirrored=mirrored,
        located=located or any(b"GPSL" in _content(file, note) for note in notes),
    )


def _tells_place(coding: bytes) -> bool:
    """Whether the track that an `stsd` tells of holds places."""
    return coding[12:16] in _PLACE_TRACKS or (coding[12:16] == b"mebx" and _PLACE_KEY in coding)


def _is_mirrored(header: bytes) -> bool:
    """Whether the matrix of a `tkhd` turns the picture over (ISO 14496-12, 8.3.2)."""
    at = 52 if header[:1] == b"\x01" else 40
    if len(header) < at + 20:
        return False
    a, b, c, d = struct.unpack_from(">ii4xii", header, at)
    return bool(a * d < b * c)


def _hidden_seconds(file: BinaryIO, track: tuple[int, int], movie_scale: int) -> float:
    clock = _clock(_content(file, next(boxes_at(file, track, b"mdia", b"mdhd"), None)))
    edits = _content(file, next(boxes_at(file, track, b"edts", b"elst"), None))
    if clock is None or len(edits) < 8:
        return 0.0
    long = edits[0] == 1
    entry = struct.Struct(">Qq4x" if long else ">Ii4x")
    count = min(int.from_bytes(edits[4:8]), (len(edits) - 8) // entry.size)
    shown = 0
    for place in range(count):
        length, begins = entry.unpack_from(edits, 8 + place * entry.size)
        shown += length if begins >= 0 else 0
    seconds = clock[1] / clock[0]
    sizes = _content(file, next(boxes_at(file, track, *_TABLES, b"stsz"), None))
    picture = seconds / (int.from_bytes(sizes[8:12]) or 1)
    hidden = seconds - shown / movie_scale
    return hidden if shown and hidden > max(_HIDDEN, _HIDDEN_PICTURES * picture) else 0.0


def _clock(header: bytes) -> tuple[int, int] | None:
    """Read ticks a second, and the length in ticks, of an `mvhd` or `mdhd`."""
    form, at = (">IQ", 20) if header[:1] == b"\x01" else (">II", 12)
    if len(header) < at + struct.calcsize(form):
        return None
    scale, length = struct.unpack_from(form, header, at)
    return (scale, length) if scale else None


def _content(file: BinaryIO, box: tuple[int, int] | None) -> bytes:
    if box is None:
        return b""
    begin, end = box
    file.seek(begin)
    return file.read(min(end - begin, _MOST_READ))
