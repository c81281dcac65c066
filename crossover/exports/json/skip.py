"""Skips a value without decoding it, by counting its brackets.

Messages and history are most of an export. They are read in pieces: `bytes.translate` removes all
but quotes and brackets, `bytes.replace` removes pairs of them, and the brackets that remain say
whether the value ends in this piece. Only then is it read token by token. All of it runs inside the
interpreter's own C, at about 1 GB a second.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

SMALL_PIECE = 256
"""Bytes that are read token by token when the value may end in them."""

LARGE_PIECE = 128 * 1024
"""Bytes measured at once, at the most."""

# Which kind of bracket it is does not matter here: a value ends where as many close as opened.
_ONE_KIND = bytes.maketrans(b"[]", b"{}")
_THE_REST = bytes(set(range(256)) - set(b'"{}[]'))
_TEXT = re.compile(rb'"[^"]*"')
_MARK = re.compile(rb'\\.|["{}\[\]]', re.DOTALL)
_ROUNDS = 8


class DepthChange(NamedTuple):
    """How a piece changes the depth of nesting: at its lowest point, and at its end."""

    lowest: int
    change: int
    in_text: bool
    escaped: bool


def measure_depth(piece: bytes, in_text: bool, escaped: bool) -> DepthChange:
    """Measure how `piece` changes the depth. It begins inside a text or not, after a lone backslash
    or not."""
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
    return DepthChange(min(depths, default=0), 2 * marks.count(b"{") - len(marks), in_text, escaped)


class Skipper:
    """Skips one object or list over the pieces of a stream, from just after its first bracket."""

    def __init__(self) -> None:
        self._depth = 1
        self._in_text = False
        self._escaped = False
        self._step = SMALL_PIECE

    def find_end(self, data: bytes, at: int) -> int | None:
        """Find the place just after the value's last bracket, from `at` on; None when the value
        goes on after `data`, which then counts as read."""
        while at < len(data):
            piece = data[at : at + self._step]
            weight = measure_depth(piece, self._in_text, self._escaped)
            if self._depth + weight.lowest > 0:
                self._depth += weight.change
                self._in_text, self._escaped = weight.in_text, weight.escaped
                at += len(piece)
                self._step = min(2 * self._step, LARGE_PIECE)
            elif self._step > SMALL_PIECE:
                self._step = max(self._step // 8, SMALL_PIECE)
            else:
                return at + self._find_end_by_token(piece)
        return None

    def _find_end_by_token(self, piece: bytes) -> int:
        depth, in_text = self._depth, self._in_text
        for mark in _MARK.finditer(piece, 1 if self._escaped else 0):
            if mark[0] == b'"':
                in_text = not in_text
            elif not in_text and len(mark[0]) == 1:
                depth += 1 if mark[0] in b"{[" else -1
                if depth == 0:
                    return mark.end()
        raise AssertionError("a piece whose depth falls to 0 holds the end")
