"""The lines of a TXT export, however large the file and whatever its bytes."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from crossover.errors import ExportError
from crossover.exports.archive.bundle import DOWNLOAD_AGAIN, Bundle, Member
from crossover.exports.archive.utf8 import decode_to_utf8

MAX_TXT = 256 * 1024**2
"""Bytes of a posts file, counted while reading: about 20,000 photo posts of 35 pictures."""

MAX_LINES = 4_000_000
"""Lines of a posts file: those 20,000 posts have about 1,000,000."""

MAX_LINE = 64 * 1024
"""Letters of one line; what a longer one holds beyond them is not looked at."""


def read_lines(bundle: Bundle, member: Member) -> Iterator[str]:
    """Yield the lines of a member, read in blocks. Raises `ExportError` for damage, for more than
    `MAX_TXT` bytes and more than `MAX_LINES` lines."""
    lines = split_lines(_limit_bytes(bundle.blocks(member), member.name))
    for count, line in enumerate(lines, start=1):
        if count > MAX_LINES:
            raise ExportError(
                f"{member.name} has more than {MAX_LINES:,} lines, which no list of posts has.",
                next=DOWNLOAD_AGAIN,
            )
        yield line


def _limit_bytes(blocks: Iterable[bytes], name: str) -> Iterator[bytes]:
    count = 0
    for block in blocks:
        count += len(block)
        if count > MAX_TXT:
            raise ExportError(
                f"{name} is larger than {MAX_TXT:,} bytes, which no list of posts is.",
                next=DOWNLOAD_AGAIN,
            )
        yield block


def split_lines(blocks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of text in UTF-8, as TikTok writes it, or UTF-16, as an editor may have saved
    it, with LF, CRLF or CR. Bytes that are no text become `�`."""
    decoder = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder("utf-8")("replace"), translate=True
    )
    rest = ""
    for block in chain(decode_to_utf8(blocks), (None,)):
        text = decoder.decode(block or b"", final=block is None)
        *whole, rest = (rest + text).split("\n")
        for line in whole:
            yield line[:MAX_LINE]
        rest = rest[:MAX_LINE]
    if rest:
        yield rest
