"""Receives an uploaded file piece by piece: hash and size of everything, the pictures
themselves."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

from crossover.rehearsal.store.disk import MEDIA, move_into_place, temp_path
from crossover.rehearsal.store.records import File

HEAD = 16  # enough to know a picture by its first bytes
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4"}


class WrongLength(Exception):
    """The body is not as long as announced; nothing of it was kept."""


async def receive_file(
    pieces: AsyncIterator[bytes], announced: int, folder: Path, *, keep_all: bool
) -> File:
    """Receive a file. A picture is in `media/` under its hash when this returns. Raises
    `WrongLength`."""
    media = folder / MEDIA
    media.mkdir(exist_ok=True)
    temp = temp_path(media)
    digest, size, head, kind = hashlib.sha256(), 0, b"", ""
    try:
        with temp.open("xb") as file:
            async for piece in pieces:
                digest.update(piece)
                size += len(piece)
                if size > announced:
                    raise WrongLength
                if not kind:
                    head += piece
                    if len(head) < HEAD and size < announced:
                        continue
                    kind, piece = detect_type(head), head
                if keep_all or kind.startswith("image/"):
                    file.write(piece)
            if size != announced:
                raise WrongLength
        name = None
        if keep_all or kind.startswith("image/"):
            name = f"{digest.hexdigest()}.{ENDINGS.get(kind, 'bin')}"
            move_into_place(temp, media / name)
        return File(digest.hexdigest(), size, kind, name)
    finally:
        temp.unlink(missing_ok=True)


def detect_type(head: bytes) -> str:
    """Detect the media type by the first bytes."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return "application/octet-stream"
