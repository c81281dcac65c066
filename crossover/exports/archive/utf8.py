"""Text files as UTF-8, in blocks: the byte order mark is removed, UTF-16 (as Windows editors save
it) is converted."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import chain

_MARKS = {
    codecs.BOM_UTF8: None,
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_LATER_BYTES = bytes(range(0x80, 0xC0))  # of a character; the first one counts
_LOOK = 64


def decode_to_utf8(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the text of `blocks` in UTF-8 without byte order mark. Bytes that are no UTF-8 stay."""
    rest = iter(blocks)
    head = b""
    while len(head) < _LOOK and (block := next((b for b in rest if b), b"")):
        head += block
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return _transcode(chain((head[len(mark) :],), rest), encoding)
    return _transcode(chain((head,), rest), _detect_utf16(head[:_LOOK]))


def _detect_utf16(head: bytes) -> str | None:
    """Detect UTF-16 without its mark by the zero bytes beside digits, signs and Latin letters, of
    which UTF-8 holds none."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 8 < len(head):
        return None
    if even == 0:
        return "utf-16-le"
    return "utf-16-be" if odd == 0 else None


def _transcode(blocks: Iterable[bytes], encoding: str | None) -> Iterator[bytes]:
    if encoding is None:
        return iter(blocks)
    return (text.encode() for text in codecs.iterdecode(blocks, encoding, "replace"))


def find_line_and_column(blocks: Iterable[bytes], at: int) -> tuple[int, int]:
    """Find line and column, both counted from 1, of the byte at `at`; columns count characters."""
    line, column = 1, 1
    for block in blocks:
        before = block[:at]
        at -= len(before)
        if b"\n" in before:
            line, column = line + before.count(b"\n"), 1
        tail = before[before.rfind(b"\n") + 1 :]
        column += len(tail.translate(None, _LATER_BYTES))
        if at == 0:
            break
    return line, column
