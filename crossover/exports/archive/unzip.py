"""Unpacks a member of a ZIP in blocks; refuses ZIP bombs and whatever contradicts the directory.

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
from crossover.exports.archive.repacked import BLOCK, REPACKED, method_name, unpack_repacked
from crossover.exports.archive.zip_directory import LOCAL_HEADER, DamagedZip

_GzipFile: type[gzip.GzipFile] = gzip.GzipFile
_BROKEN: tuple[type[Exception], ...] = (gzip.BadGzipFile, EOFError, zlib.error)
with suppress(ImportError):  # no wheel for this machine: the same, at half the speed
    from isal import igzip, isal_zlib

    _GzipFile = igzip.IGzipFile
    _BROKEN = (*_BROKEN, cast(type[Exception], isal_zlib.error))

MAX_BYTES = 2 * 1024**3
"""Bytes of one member. The largest real one known of is about 15 MB."""

LARGE = 8 * BLOCK
"""Bytes from which on a member is unpacked ahead, in a thread of its own."""

BOMB_RATIO = 200
BOMB_FROM = 50 * 1024**2
"""A member that unpacks past `BOMB_FROM` bytes and to more than `BOMB_RATIO` times its packed
size is no export: real JSON packs about 5 to 20 times."""


class TooLarge(Exception):
    """More bytes than an export has. The message completes "… ", as in "is larger than …"."""


def unpack(path: Path, entry: zipfile.ZipInfo, ends_before: int) -> Generator[bytes, None, None]:
    """Yield the bytes of `entry` in blocks, at most as many as its directory says; check the sum at
    the end. `ends_before` is the place in the file where the next entry, or the directory, begins.

    Raises `DamagedZip`, `TooLarge`, and OSError as files do.
    """
    refuse_bomb(entry.file_size, entry.compress_size)
    size = 0
    with path.open("rb") as file:
        _seek_data(file, entry, ends_before)
        blocks = _unpack_blocks(file, entry)
        if entry.file_size >= LARGE:
            blocks = read_ahead(blocks)
        with closing(blocks):
            for block in blocks:
                size += len(block)
                if size > entry.file_size:
                    raise DamagedZip("it unpacks to more than its directory says")
                yield block
    if size != entry.file_size:
        raise DamagedZip("its check sum is wrong")


def refuse_bomb(size: int, packed: int) -> None:
    """Refuse a ZIP bomb, of `size` bytes unpacked and `packed` bytes in the file. Raises `TooLarge`
    for more bytes than an export has, or than that packed size can hold."""
    if size > MAX_BYTES:
        raise TooLarge(f"is larger than {MAX_BYTES:,} bytes, which no TikTok export is")
    if size > max(BOMB_FROM, packed * BOMB_RATIO):
        raise TooLarge(
            f"unpacks to more than {BOMB_RATIO} times its size, which no TikTok export does"
        )


def _seek_data(file: IO[bytes], entry: zipfile.ZipInfo, ends_before: int) -> None:
    file.seek(entry.header_offset)
    head = file.read(LOCAL_HEADER)
    if len(head) < LOCAL_HEADER or head[:4] != b"PK\x03\x04":
        raise DamagedZip("its place in the archive holds something else")
    flags, method = struct.unpack_from("<2H", head, 6)
    name_length, extra_length = struct.unpack_from("<2H", head, 26)
    name = file.read(name_length)
    encoding = "utf-8" if flags & 0x800 else "cp437"
    same = name.decode(encoding, "replace") == entry.orig_filename
    if method != entry.compress_type or not (same or name.decode("cp437") == entry.orig_filename):
        raise DamagedZip("its place in the archive holds another file")
    file.seek(extra_length, os.SEEK_CUR)
    if file.tell() + entry.compress_size > ends_before:
        raise DamagedZip("it overlaps another file")


def _unpack_blocks(file: IO[bytes], entry: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from _read_stored(file, entry)
        return
    if entry.compress_type in REPACKED:
        yield from unpack_repacked(file, entry)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise DamagedZip(f"it is packed with {method_name(entry.compress_type)}")
    try:
        with _GzipFile(fileobj=_GzipWrapper(file, entry), mode="rb") as unpacked:
            while block := unpacked.read(BLOCK):
                yield block
    except _BROKEN as exc:
        raise DamagedZip("it cannot be unpacked, or its check sum is wrong") from exc


def _read_stored(file: IO[bytes], entry: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    left, crc = entry.compress_size, 0
    while left:
        block = file.read(min(BLOCK, left))
        if not block:
            raise DamagedZip("it ends too early")
        left -= len(block)
        crc = zlib.crc32(block, crc)
        yield block
    if crc != entry.CRC:
        raise DamagedZip("its check sum is wrong")


class _GzipWrapper(io.RawIOBase):
    """A packed member as a gzip file, which differs only in head and tail. A gzip reader checks the
    sum, and unpacks a whole block without the interpreter lock."""

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
                raise DamagedZip("it ends too early")
            self._left -= len(part)
        else:
            part = self._tail[: len(buffer)]
            self._tail = self._tail[len(part) :]
        buffer[: len(part)] = part
        return len(part)
