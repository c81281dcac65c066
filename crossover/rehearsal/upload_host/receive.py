"""Takes in an uploaded file piece by piece: hash and size of everything, the pictures themselves."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

from crossover.rehearsal.store.disk import MEDIA, passing_name
from crossover.rehearsal.store.records import File

HEAD = 16  # enough to know a picture by its first bytes
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "video/mp4": "mp4"}


class WrongLength(Exception):
    """What came is not as long as was announced; nothing of it was kept."""


async def receive(
    pieces: AsyncIterator[bytes], announced: int, folder: Path, *, keep_all: bool
) -> File:
    """The received file. A picture is in `media/` under its hash when this returns."""
    media = folder / MEDIA
    media.mkdir(exist_ok=True)
    temp = passing_name(media)
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
                    kind, piece = sniff(head), head
                if keep_all or kind.startswith("image/"):
                    file.write(piece)
            if size != announced:
                raise WrongLength
            file.flush()
            os.fsync(file.fileno())
        name = None
        if keep_all or kind.startswith("image/"):
            name = f"{digest.hexdigest()}.{ENDINGS.get(kind, 'bin')}"
            temp.replace(media / name)
        return File(digest.hexdigest(), size, kind, name)
    finally:
        temp.unlink(missing_ok=True)


def sniff(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    return "application/octet-stream"
