"""Files on their way to an upload host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that stands on the upload host and is not yet used in a note.

    `file_id` is good until `expires`; it is a capability, so it never appears in a repr.
    """

    sha256: str
    bytes: int
    file_id: str = field(repr=False)
    video_id: str | None
    expires: datetime


@dataclass(frozen=True, slots=True)
class SentPart:
    """A part that the upload host has, by its number from 1 and the tag it gave for it."""

    number: int
    etag: str


@dataclass(frozen=True, slots=True)
class BegunUpload:
    """A file on its way to the upload host in parts of `part_bytes`, the last one shorter.

    `bytes`, `mtime_ns` and `sha256` are those of the file when it began: parts already sent are
    only of use while it is that file. `file_id`, `token`, `address` and `upload_id` (None until
    the host gave one) are capabilities, good until `expires`, so they never appear in a repr.
    `completing`: all parts were sent and the host was asked to join them; it may have done so.
    """

    path: str
    sha256: str
    bytes: int
    mtime_ns: int
    part_bytes: int
    file_id: str = field(repr=False)
    token: str = field(repr=False)
    address: str = field(repr=False)
    expires: datetime
    upload_id: str | None = field(default=None, repr=False)
    parts: tuple[SentPart, ...] = ()
    completing: bool = False


class AlreadySent(int):
    """Bytes that an earlier run sent: they are there, and took no time now."""


Progress = Callable[[int], None]
"""Called with the number of bytes just sent, with `AlreadySent` ones, or with a negative number
when bytes do not count after all. Always called from the thread that gave it."""
