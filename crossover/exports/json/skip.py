"""How a value nobody wants is passed over: brackets are weighed, nothing is decoded.

Messages and history are most of an export. They are looked at in pieces: all but quotes and
brackets is thrown away by `bytes.translate`, what is left cancels out by `bytes.replace`, and the
brackets that remain say whether the value ends in this piece. Only then is it looked at closely.
All of it runs inside the interpreter's own C, at about 1 GB a second.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

CLOSE = 256
"""Bytes that are worth a look token by token."""

WIDE = 128 * 1024
"""Bytes weighed at once."""

# Which kind of bracket it is does not matter here: a value ends where as many close as opened.
_ONE_KIND = bytes.maketrans(b"[]", b"{}")
_THE_REST = bytes(set(range(256)) - set(b'"{}[]'))
_TEXT = re.compile(rb'"[^"]*"')
_MARK = re.compile(rb'\\.|["{}\[\]]', re.DOTALL)
_ROUNDS = 8


class Weight(NamedTuple):
    """What a piece does to the depth: the lowest point on the way, and the sum."""

    lowest: int
    change: int
    in_text: bool
    escaped: bool


def weigh(piece: bytes, in_text: bool, escaped: bool) -> Weight:
    """The weight of `piece`, which begins inside a text or not, after a lone backslash or not."""
    if escaped:
        piece, escaped = piece[1:], False
    if b"\\" in piece:
        escaped = (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 1
        piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
    marks = piece.translate(_ONE_KIND, _THE_REST)
    if in_text:
        marks = b'"' + marks
    # Two neighbouring quotes change nothing for what follows them, whichever they are. The first
    # step is there for its speed: a row of history has two names and two texts.
    marks = marks.replace(b'{""""""""}', b"").replace(b'""', b"")
    in_text = marks.count(b'"') % 2 == 1
    if b'"' in marks:
        marks = _TEXT.sub(b"", marks).partition(b'"')[0]
    for _ in range(_ROUNDS):
        shorter = marks.replace(b"{}", b"")
        if len(shorter) == len(marks):
            break
        marks = shorter
    depths = accumulate(1 if mark == 0x7B else -1 for mark in marks)
    return Weight(min(depths, default=0), 2 * marks.count(b"{") - len(marks), in_text, escaped)


class Skip:
    """Where a skipped object or list stands between two pieces of the stream. Begins just after
    its first bracket."""

    def __init__(self) -> None:
        self._depth = 1
        self._in_text = False
        self._escaped = False
        self._step = CLOSE

    def end_in(self, data: bytes, at: int) -> int | None:
        """The place just after the value's last bracket, looking from `at`; None when the value
        goes on after `data`, which is then weighed."""
        while at < len(data):
            piece = data[at : at + self._step]
            weight = weigh(piece, self._in_text, self._escaped)
            if self._depth + weight.lowest > 0:
                self._depth += weight.change
                self._in_text, self._escaped = weight.in_text, weight.escaped
                at += len(piece)
                self._step = min(2 * self._step, WIDE)
            elif self._step > CLOSE:
                self._step = max(self._step // 8, CLOSE)
            else:
                return at + self._end_of(piece)
        return None

    def _end_of(self, piece: bytes) -> int:
        depth, in_text = self._depth, self._in_text
        for mark in _MARK.finditer(piece, 1 if self._escaped else 0):
            if mark[0] == b'"':
                in_text = not in_text
            elif not in_text and len(mark[0]) == 1:
                depth += 1 if mark[0] in b"{[" else -1
                if depth == 0:
                    return mark.end()
        raise AssertionError("a piece that was weighed holds the end")
