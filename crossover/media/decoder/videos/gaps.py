"""Parts of a video that hold nothing but zeros: a download that stopped within a file made full-size
beforehand leaves such. Loaded by the child process only; nothing is decoded."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from av.video.stream import VideoStream

from crossover.media.containers.video_coding import VideoCoding
from crossover.media.fit.fitted import Gap

LEAST_PICTURES = 3
"""Fewer empty pictures than these are a fault of the disk or the camera, which hardly shows."""
LEAST_BYTES = 131_072
"""Zeros that are a gap where no index says what lies there: fillers are shorter."""

_HEAD = 16
"""Bytes of a picture that are looked at. Every coding begins with something: a length or a mark."""
_SLICE = 4096
_MOST_LOOKS = 250_000
"""Of a longer film only every second picture is looked at, or every third."""
_INDEXED = frozenset({"mp4", "mov", "3gp"})


def find_gap(source: Path, film: VideoStream, coding: VideoCoding) -> Gap | None:
    """Find what of a film is only zeros: by the pictures that its index names, else by `LEAST_BYTES`
    of them. Reads some bytes of each picture, or of every 64 KiB: a small part of the file. Raises
    `OSError`."""
    with source.open("rb", buffering=0) as file:
        if coding.container in _INDEXED and not coding.fragmented:
            return _empty_pictures(file, film)
        if coding.sound is not None and coding.sound.startswith("pcm_"):
            return None  # silence is zeros
        return _empty_runs(file)


def _empty_pictures(file: BinaryIO, film: VideoStream) -> Gap | None:
    end = file.seek(0, os.SEEK_END)
    looked, empty, first = 0, 0, None
    for at, size, ticks in _pictures(film):
        if size < _HEAD or not 0 <= at < end:
            continue
        looked += 1
        file.seek(at)
        if not any(file.read(_HEAD)):
            empty += 1
            first = ticks if first is None else min(first, ticks)
    if empty < LEAST_PICTURES or first is None:
        return None
    begin = float(first * film.time_base) if film.time_base else None
    return Gap(empty / looked, begin)


def _pictures(film: VideoStream) -> Iterator[tuple[int, int, int]]:
    """Yield where pictures begin in the file, their bytes, and their time in ticks."""
    entries = film.index_entries
    step = 1 + len(entries) // _MOST_LOOKS
    for begin in range(0, len(entries), _SLICE * step):
        for entry in entries[begin : begin + _SLICE * step : step]:
            yield entry.pos, entry.size, max(0, entry.timestamp)


def _empty_runs(file: BinaryIO) -> Gap | None:
    size = file.seek(0, os.SEEK_END)
    stride = max(LEAST_BYTES // 2, size // _MOST_LOOKS)
    empty = stride * sum(_is_empty(file, at, stride) for at in _zeros(file, size, stride))
    return Gap(min(1.0, empty / size), None) if empty >= LEAST_BYTES else None


def _zeros(file: BinaryIO, size: int, stride: int) -> Iterator[int]:
    """Yield where a look, a stride apart from the others, meets zeros."""
    for at in range(0, size, stride):
        file.seek(at)
        if not any(file.read(_HEAD)):
            yield at


def _is_empty(file: BinaryIO, at: int, length: int) -> bool:
    file.seek(at)
    return not any(file.read(length))
