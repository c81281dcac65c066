"""The lines of a TXT export, however large the file and whatever its bytes."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from crossover.errors import ExportError
from crossover.exports.bundle import DOWNLOAD_AGAIN, Bundle, Member
from crossover.exports.utf8 import as_utf8

MAX_TXT = 256 * 1024**2
"""Bytes of a posts file, counted while reading: about 20,000 photo posts of 35 pictures."""

MAX_LINE = 64 * 1024
"""Letters of one line; what a longer one holds beyond them is not looked at."""


def read_lines(bundle: Bundle, member: Member) -> Iterator[str]:
    """The lines of a member, read in blocks. Raises `ExportError` for damage and size."""
    return split_lines(_counted(bundle.blocks(member), member.name))


def _counted(blocks: Iterable[bytes], name: str) -> Iterator[bytes]:
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
    """UTF-8 as TikTok writes it, or UTF-16 as an editor may have saved it; LF or CRLF. What is
    no text becomes `�`."""
    rest = ""
    for text in codecs.iterdecode(as_utf8(blocks), "utf-8", "replace"):
        *whole, rest = (rest + text).split("\n")
        for line in whole:
            yield line[:MAX_LINE].removesuffix("\r")
        rest = rest[:MAX_LINE]
    if rest:
        yield rest.removesuffix("\r")
