"""The bytes of an upload in parts, kept in `parts/` until they are joined or given up.

A part that was answered survives the end of the server, so that a later run can go on. It may be
lost in a power cut (parts are not forced to the disk, which would make every upload slower than the
network); joining then finds it missing and refuses, as RedNote may at any time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

from crossover.rehearsal.store.disk import MEDIA, move_into_place, temp_path
from crossover.rehearsal.store.records import File, Part
from crossover.rehearsal.upload_host.receive import ENDINGS, HEAD, WrongLength, detect_type

PARTS = "parts"
PART_NAME = re.compile(r"[0-9a-f]{32}\.[0-9]{1,5}\.[0-9a-f]{32}")
BLOCK = 1024 * 1024


class PartLost(Exception):
    """A part that was received is not on the disk any more."""


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    etag: str
    size: int
    path: Path


async def receive_part(
    pieces: AsyncIterator[bytes], announced: int, folder: Path, upload_id: str, number: int
) -> ReceivedPart:
    """Receive a part into a file of its own; a part of that number received before stays. Raises
    `WrongLength`."""
    place = folder / PARTS
    place.mkdir(exist_ok=True)
    temp = temp_path(place)
    digest, size = hashlib.sha256(), 0
    try:
        with temp.open("xb", buffering=0) as file:
            async for piece in pieces:
                digest.update(piece)
                size += len(piece)
                if size > announced:
                    raise WrongLength
                file.write(piece)
        if size != announced:
            raise WrongLength
        etag = digest.hexdigest()[:32]
        path = place / f"{upload_id}.{number}.{etag}"
        temp.replace(path)
        return ReceivedPart(etag, size, path)
    finally:
        temp.unlink(missing_ok=True)


def join_parts(parts: Iterable[Part], folder: Path, *, keep_all: bool) -> File:
    """Join parts in the order given; pictures (and with `keep_all` everything) go to `media/`.
    Raises `PartLost`."""
    media = folder / MEDIA
    media.mkdir(exist_ok=True)
    temp = temp_path(media)
    digest, size, kind = hashlib.sha256(), 0, ""
    buffer = memoryview(bytearray(BLOCK))
    try:
        with temp.open("xb", buffering=0) as out:
            for part in parts:
                begin = size
                try:
                    with (folder / PARTS / part.name).open("rb", buffering=0) as file:
                        while count := file.readinto(buffer):
                            piece = buffer[:count]
                            kind = kind or detect_type(bytes(piece[:HEAD]))
                            digest.update(piece)
                            if keep_all or kind.startswith("image/"):
                                out.write(piece)
                            size += count
                except FileNotFoundError:
                    raise PartLost from None
                if size - begin != part.size:
                    raise PartLost
        name = None
        if keep_all or kind.startswith("image/"):
            name = f"{digest.hexdigest()}.{ENDINGS.get(kind, 'bin')}"
            move_into_place(temp, media / name)
        return File(digest.hexdigest(), size, kind, name)
    finally:
        temp.unlink(missing_ok=True)


def remove_parts(names: Iterable[str], folder: Path) -> None:
    for name in names:
        (folder / PARTS / name).unlink(missing_ok=True)


def sweep_parts(known: set[str], folder: Path) -> None:
    """Remove parts that belong to no open upload. Only the holder of the lock may call it."""
    place = folder / PARTS
    if place.is_dir():
        names = {path.name for path in place.iterdir() if PART_NAME.fullmatch(path.name)}
        remove_parts(names - known, folder)
