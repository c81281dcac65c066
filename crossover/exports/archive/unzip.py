"""A member of a ZIP, unpacked in blocks and checked; nothing the archive says is believed.

Read here and not by Python's own ZIP reader, which allocates by forged sizes and is half as fast.
"""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any, cast

from crossover.exports.archive.read_ahead import read_ahead
from crossover.exports.archive.zip_directory import LOCAL_HEADER, Unsound

_GzipFile: type[gzip.GzipFile] = gzip.GzipFile
_BROKEN: tuple[type[Exception], ...] = (gzip.BadGzipFile, EOFError, zlib.error)
with suppress(ImportError):  # no wheel for this machine: the same, at half the speed
    from isal import igzip, isal_zlib

    _GzipFile = igzip.IGzipFile
    _BROKEN = (*_BROKEN, cast(type[Exception], isal_zlib.error))

MAX_BYTES = 2 * 1024**3
"""Bytes of one member. The largest real one known of is about 15 MB."""

BLOCK = 1024 * 1024
"""Bytes unpacked at once."""

LARGE = 8 * BLOCK
"""Bytes from which on a member is unpacked ahead, in a thread of its own."""

BOMB_RATIO = 200
BOMB_FROM = 50 * 1024**2
"""A member that unpacks past `BOMB_FROM` bytes and to more than `BOMB_RATIO` times its packed
size is no export: real JSON packs about 5 to 20 times."""


class TooLarge(Exception):
    """More bytes than an export has. The message completes "… ", as in "is larger than …"."""


def unpack(path: Path, entry: zipfile.ZipInfo, ends_before: int) -> Generator[bytes, None, None]:
    """The bytes of `entry` in blocks, at most as many as its directory says, with the sum
    checked at the end. `ends_before` is where the next entry, or the directory, begins.

    Raises `Unsound`, `TooLarge`, and OSError as files do.
    """
    refuse_bomb(entry.file_size, entry.compress_size)
    size = 0
    with path.open("rb") as file:
        _go_to_data(file, entry, ends_before)
        blocks = _unpacked(file, entry)
        if entry.file_size >= LARGE:
            blocks = read_ahead(blocks)
        with closing(blocks):
            for block in blocks:
                size += len(block)
                if size > entry.file_size:
                    raise Unsound("it unpacks to more than its directory says")
                yield block
    if size != entry.file_size:
        raise Unsound("its check sum is wrong")


def refuse_bomb(size: int, packed: int) -> None:
    """Raises `TooLarge` for more bytes than an export has, or than its packed size can hold."""
    if size > MAX_BYTES:
        raise TooLarge(f"is larger than {MAX_BYTES:,} bytes, which no TikTok export is")
    if size > max(BOMB_FROM, packed * BOMB_RATIO):
        raise TooLarge(
            f"unpacks to more than {BOMB_RATIO} times its size, which no TikTok export does"
        )


def _go_to_data(file: IO[bytes], entry: zipfile.ZipInfo, ends_before: int) -> None:
    file.seek(entry.header_offset)
    head = file.read(LOCAL_HEADER)
    if len(head) < LOCAL_HEADER or head[:4] != b"PK\x03\x04":
        raise Unsound("its place in the archive holds something else")
    flags, method = struct.unpack_from("<2H", head, 6)
    name_length, extra_length = struct.unpack_from("<2H", head, 26)
    name = file.read(name_length)
    encoding = "utf-8" if flags & 0x800 else "cp437"
    same = name.decode(encoding, "replace") == entry.orig_filename
    if method != entry.compress_type or not (same or name.decode("cp437") == entry.orig_filename):
        raise Unsound("its place in the archive holds another file")
    file.seek(extra_length, os.SEEK_CUR)
    if file.tell() + entry.compress_size > ends_before:
        raise Unsound("it overlaps another file")


def _unpacked(file: IO[bytes], entry: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from _stored(file, entry)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Unsound(f"it is packed in a way (method {entry.compress_type}) that exports are not")
    try:
        with _GzipFile(fileobj=_AsGzip(file, entry), mode="rb") as unpacked:
            while block := unpacked.read(BLOCK):
                yield block
    except _BROKEN as exc:
        raise Unsound("it cannot be unpacked, or its check sum is wrong") from exc


def _stored(file: IO[bytes], entry: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    left, crc = entry.compress_size, 0
    while left:
        block = file.read(min(BLOCK, left))
        if not block:
            raise Unsound("it ends too early")
        left -= len(block)
        crc = zlib.crc32(block, crc)
        yield block
    if crc != entry.CRC:
        raise Unsound("its check sum is wrong")


class _AsGzip(io.RawIOBase):
    """A packed member as a gzip file, which is the same between another head and tail: reading
    one checks the sum, and unpacks a whole block without asking for the interpreter."""

    def __init__(self, file: IO[bytes], entry: zipfile.ZipInfo) -> None:
        self._file = file
        self._left = entry.compress_size
        self._head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
        self._tail = struct.pack("<2L", entry.CRC, entry.file_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            part = self._head[: len(buffer)]
            self._head = self._head[len(part) :]
        elif self._left:
            part = self._file.read(min(len(buffer), self._left))
            if not part:
                raise Unsound("it ends too early")
            self._left -= len(part)
        else:
            part = self._tail[: len(buffer)]
            self._tail = self._tail[len(part) :]
        buffer[: len(part)] = part
        return len(part)
