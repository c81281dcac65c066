"""Members of a ZIP that somebody packed anew with bzip2 or LZMA; TikTok packs with Deflate."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Generator
from typing import IO, Protocol

from crossover.exports.archive.zip_directory import DamagedZip

BLOCK = 1024 * 1024
"""Bytes unpacked at once."""

REPACKED = frozenset({zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
METHODS = REPACKED | {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""The ways of packing that are read, by their number in a ZIP."""

_NAMES = {9: "Deflate64", 20: "Zstandard", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_MAX_DICTIONARY = 256 * 1024**2
_LEAST_DICTIONARY = 4096


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def method_name(method: int) -> str:
    """What a way of packing is called, by its number in a ZIP."""
    return _NAMES.get(method, f"method {method}")


def unpack_repacked(file: IO[bytes], entry: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    """Yield the bytes of a member whose data begin at the file's place, in blocks; check the sum at
    the end. Raises `DamagedZip`, and OSError as files do."""
    left, crc = entry.compress_size, 0
    if entry.compress_type == zipfile.ZIP_LZMA:
        decompressor, head = _begin_lzma(file, entry)
        left -= head
    else:
        import bz2

        decompressor = bz2.BZ2Decompressor()
    while not decompressor.eof:
        packed = file.read(min(BLOCK, left)) if decompressor.needs_input else b""
        left -= len(packed)
        if decompressor.needs_input and not packed:
            break  # LZMA may end without saying so
        try:
            block = decompressor.decompress(packed, BLOCK)
        except (OSError, ValueError, EOFError, MemoryError, _lzma_error()) as exc:
            raise DamagedZip("it cannot be unpacked") from exc
        crc = zlib.crc32(block, crc)
        if block:
            yield block
    if crc != entry.CRC:
        raise DamagedZip("its check sum is wrong")


def _begin_lzma(file: IO[bytes], entry: zipfile.ZipInfo) -> tuple[_Decompressor, int]:
    """Read what stands before the data in a ZIP: two bytes of version, two of size, and five that
    say how it was packed. Returns how many bytes these are, too."""
    import lzma

    head = file.read(9)
    if len(head) < 9 or struct.unpack_from("<H", head, 2)[0] != 5 or head[4] >= 9 * 5 * 5:
        raise DamagedZip("it cannot be unpacked")
    rest, lc = divmod(head[4], 9)
    pb, lp = divmod(rest, 5)
    # Nothing reaches back further than the file is long, whatever is said here.
    size = min(struct.unpack_from("<L", head, 5)[0], max(entry.file_size, _LEAST_DICTIONARY))
    if size > _MAX_DICTIONARY or lc + lp > 4:
        raise DamagedZip("it cannot be unpacked")
    how = {"id": lzma.FILTER_LZMA1, "dict_size": size, "lc": lc, "lp": lp, "pb": pb}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[how]), len(head)


def _lzma_error() -> type[Exception]:
    import lzma

    return lzma.LZMAError
