"""A member of a ZIP, unpacked in blocks and checked; nothing the archive says is believed.

Read here and not by Python's own ZIP reader, which allocates by forged sizes and is half as fast.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from crossover.exports.zip_directory import LOCAL_HEADER, Unsound

_deflate: Any
try:
    from isal import isal_zlib

    _deflate = isal_zlib
except ImportError:  # no wheel for this machine: the same, at half the speed
    _deflate = zlib

MAX_BYTES = 2 * 1024**3
"""Bytes of one member. The largest real one known of is about 15 MB."""

BLOCK = 1024 * 1024
"""Bytes unpacked at once."""

BOMB_RATIO = 200
BOMB_FROM = 50 * 1024**2
"""A member that unpacks past `BOMB_FROM` bytes and to more than `BOMB_RATIO` times its packed
size is no export: real JSON packs about 5 to 20 times."""


class TooLarge(Exception):
    """More bytes than an export has. The message completes "… ", as in "is larger than …"."""


def unpack(path: Path, entry: zipfile.ZipInfo, ends_before: int) -> Iterator[bytes]:
    """The bytes of `entry` in blocks, at most as many as its directory says, with the sum
    checked at the end. `ends_before` is where the next entry, or the directory, begins.

    Raises `Unsound`, `TooLarge`, and OSError as files do.
    """
    refuse_bomb(entry.file_size, entry.compress_size)
    size = crc = 0
    with path.open("rb") as file:
        _go_to_data(file, entry, ends_before)
        for block in _unpacked(_raw(file, entry.compress_size), entry.compress_type):
            size += len(block)
            if size > entry.file_size:
                raise Unsound("it unpacks to more than its directory says")
            crc = _deflate.crc32(block, crc)
            yield block
    if size != entry.file_size or crc != entry.CRC:
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


def _raw(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left:
        block = file.read(min(BLOCK // 8, left))
        if not block:
            raise Unsound("it ends too early")
        left -= len(block)
        yield block


def _unpacked(packed: Iterator[bytes], method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield from packed
        return
    if method != zipfile.ZIP_DEFLATED:
        raise Unsound(f"it is packed in a way (method {method}) that exports are not")
    inflater = _deflate.decompressobj(-zlib.MAX_WBITS)
    try:
        for block in packed:
            while block and not inflater.eof:
                yield inflater.decompress(block, BLOCK)
                block = inflater.unconsumed_tail
        yield inflater.flush()
    except _deflate.error as exc:
        raise Unsound("it cannot be unpacked") from exc
    if not inflater.eof:
        raise Unsound("it ends too early")
