"""ZIP files that nobody means well with."""

from __future__ import annotations

import copy
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from .makers import document, record, write_zip

NAME = "user_data_tiktok.json"
POST = json.dumps(document(record())).encode()


def one_post(path: Path, **more: Any) -> Path:
    return write_zip(path, {**more, NAME: POST})


def patched(path: Path, change: Callable[[bytearray, int, int], None]) -> Path:
    """The ZIP after `change(bytes, place of the last local header, place of its entry)`."""
    data = bytearray(path.read_bytes())
    change(data, data.rindex(b"PK\x03\x04"), data.rindex(b"PK\x01\x02"))
    path.write_bytes(data)
    return path


def flat_bomb(path: Path, size: int, *, claims: int | None = None) -> Path:
    """`size` zeros. A member that claims less is a lie in both headers."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open(NAME, "w") as out:
            for _ in range(size // 2**20):
                out.write(bytes(2**20))
        if claims is not None:
            archive.filelist[0].file_size = claims
    return path


def full_overlap(path: Path, count: int) -> Path:
    """Many entries of the directory, one file behind them."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(NAME, POST)
        for number in range(count):
            again = copy.copy(archive.filelist[0])
            again.filename = f"{number}.json"
            archive.filelist.append(again)
    return path


def quoted_overlap(path: Path, count: int) -> Path:
    """Each file quotes the next one's header as its own data, and all end in the same kernel."""
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(POST) + packer.flush()
    content = POST
    files: list[tuple[bytes, bytes, bytes, bytes]] = []
    for number in range(count):
        name = NAME.encode() if number == count - 1 else f"{number:04}.json".encode()
        sizes = struct.pack("<3I", zlib.crc32(content), len(packed), len(content))
        header = b"PK\x03\x04" + struct.pack("<5H", 20, 0, 8, 0, 33) + sizes
        header += struct.pack("<2H", len(name), 0) + name
        files.append((name, sizes, header, packed))
        quote = b"\x00" + struct.pack("<2H", len(header), len(header) ^ 0xFFFF)
        packed, content = quote + header + packed, header + content
    files.reverse()
    body, starts = files[0][2] + files[0][3], [0]
    for before, _ in pairwise(files):
        starts.append(starts[-1] + len(before[2]) + 5)
    directory = b"".join(
        b"PK\x01\x02"
        + struct.pack("<6H", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<5H2I", len(name), 0, 0, 0, 0, 0, start)
        + name
        for (name, sizes, _, _), start in zip(files, starts, strict=True)
    )
    end = struct.pack("<4H2IH", 0, 0, count, count, len(directory), len(body), 0)
    path.write_bytes(body + directory + b"PK\x05\x06" + end)
    return path


def hidden_overlap(path: Path) -> Path:
    """The directory is sound. The file's own header has an extra field that reaches over the next
    file's header, so that both share its data: unpacked, every sum is right."""

    def entry(name: bytes, extra: int) -> bytes:
        sizes = struct.pack("<3I", zlib.crc32(POST), len(POST), len(POST))
        return struct.pack("<5H", 20, 0, 0, 0, 33) + sizes + struct.pack("<2H", len(name), extra)

    names = NAME.encode(), b"photo.jpg"
    second = b"PK\x03\x04" + entry(names[1], 0) + names[1]
    hidden = len(POST) + len(second)
    first = b"PK\x03\x04" + entry(names[0], hidden) + names[0]
    starts = 0, len(first) + len(POST)
    directory = b"".join(
        b"PK\x01\x02\x14\0" + entry(name, 0) + struct.pack("<3H2I", 0, 0, 0, 0, start) + name
        for name, start in zip(names, starts, strict=True)
    )
    body = first + bytes(len(POST)) + second + POST
    end = struct.pack("<4H2IH", 0, 0, 2, 2, len(directory), len(body), 0)
    path.write_bytes(body + directory + b"PK\x05\x06" + end)
    return path


def beyond_4_gib(path: Path) -> Path:
    """A member of more than 4 GiB, as a hole in the file, and the posts after it."""
    big = zipfile.ZipInfo("video.mp4")
    big.file_size = big.compress_size = 2**32 + 10
    big.header_offset = big.CRC = 0
    head = big.FileHeader(zip64=True)
    with path.open("wb") as out:
        out.write(head)
        out.truncate(len(head) + big.file_size)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(NAME, POST)
        archive.filelist.insert(0, big)
    return path


def many_members(path: Path, count: int) -> Path:
    empty = zipfile.ZipInfo("x")
    empty.CRC = 0
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(NAME, POST)
        assert archive.fp is not None
        for number in range(count):
            info = copy.copy(empty)
            info.filename = info.orig_filename = f"{number}.txt"
            info.header_offset = archive.fp.tell()
            archive.fp.write(info.FileHeader(zip64=False))
            archive.filelist.append(info)
        archive.start_dir = archive.fp.tell()
    return path
