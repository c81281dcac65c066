"""Text files as UTF-8, in blocks: a byte order mark goes, UTF-16 (as Windows editors save it) is
turned into UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

_MARKS = {
    codecs.BOM_UTF8: None,
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_BARE = ((b"{\x00", "utf-16-le"), (b"\x00{", "utf-16-be"))


def as_utf8(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The text of `blocks` in UTF-8 without byte order mark. Bytes that are no UTF-8 stay."""
    rest = iter(blocks)
    head = b""
    while len(head) < 4 and (block := next((b for b in rest if b), b"")):
        head += block
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return _turned(chain((head[len(mark) :],), rest), encoding)
    for start, encoding in _BARE:
        if head.startswith(start):
            return _turned(chain((head,), rest), encoding)
    return chain((head,), rest)


def _turned(blocks: Iterable[bytes], encoding: str | None) -> Iterator[bytes]:
    if encoding is None:
        return iter(blocks)
    return (text.encode() for text in codecs.iterdecode(blocks, encoding, "replace"))


def line_and_column(blocks: Iterable[bytes], at: int) -> tuple[int, int]:
    """The place, both counted from 1, of the byte at `at`; columns count characters."""
    line, column = 1, 1
    for block in blocks:
        before = block[:at]
        at -= len(before)
        if b"\n" in before:
            line, column = line + before.count(b"\n"), 1
        tail = before[before.rfind(b"\n") + 1 :]
        column += sum(1 for byte in tail if byte & 0xC0 != 0x80)
        if at == 0:
            break
    return line, column
