"""A JSON document as a stream: walk into an object or a list, take a value, skip the others.

    stream = JsonStream(blocks)
    for key in stream.members():
        if key == "Post":
            post = stream.take(LIMIT)      # a value that is not taken is skipped

Memory is bounded by the block and by what is taken, whatever the document holds. Only what is
walked through is checked; what is skipped may be broken, as long as it ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from crossover.exports.json.skip import Skipper

T = TypeVar("T")

END = -1
MAX_KEYS = 10_000
"""Keys in one object that is walked through. Real ones have at most 30."""

_KEY_BYTES = 1024
_SPACE = re.compile(rb"[ \t\n\r]*+")
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BACKSLASHES = b"\\\\"
_SCALAR = re.compile(rb'[^\s,:"\[\]{}]*+')
_FLAT_OBJECT = re.compile(
    rb'\{[^{}\[\]"]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^{}\[\]"]*+)*+\}', re.DOTALL
)


class BrokenJson(Exception):
    """The document stops being JSON. `at` is the byte, `why` completes "broken JSON at …:"."""

    def __init__(self, at: int, why: str) -> None:
        super().__init__(why)
        self.at = at
        self.why = why


class TruncatedJson(BrokenJson):
    """The document ends in the middle."""

    def __init__(self, at: int) -> None:
        super().__init__(at, "it ends in the middle")


class TooLong(Exception):
    """The value is longer than the caller would take. It can still be skipped."""


class JsonStream:
    """One pass over a document that comes in blocks of any size."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._data = b""
        self._at = 0
        self._start = 0

    @property
    def offset(self) -> int:
        """Bytes of the document before the next one."""
        return self._start + self._at

    def peek(self) -> int:
        """Look at the next byte that is not white space without taking it; `END` when none is."""
        while True:
            if self._at < len(self._data) and self._data[self._at] > 0x20:
                return self._data[self._at]
            found = _SPACE.match(self._data, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._data):
                return self._data[self._at]
            if not self._read_more():
                return END

    def members(self) -> Iterator[str | None]:
        """Yield the keys of the object that comes next, None for one too long to be known. A value
        that the caller leaves is skipped. Raises `BrokenJson` where it is no object, or no JSON."""
        self._expect(b"{")
        seen = 0
        while self._has_another(b"}"):
            if self.peek() != 0x22:
                raise self._broken_error("a name in quotes was expected")
            key = self._read_key()
            self._expect(b":")
            self.peek()
            before = self.offset
            yield key
            if self.offset == before:
                self.skip()
            seen += 1
            if seen > MAX_KEYS:
                raise self._broken_error(f"an object with more than {MAX_KEYS:,} names")

    def items(self) -> Iterator[int]:
        """Yield the places, from 1, of the values in the list that comes next. A value that the
        caller leaves is skipped. Raises `BrokenJson` where it is no list, or no JSON."""
        self.enter_list()
        place = 0
        while self.has_another_item():
            place += 1
            before = self.offset
            yield place
            if self.offset == before:
                self.skip()

    def enter_list(self) -> None:
        """Begin the list that comes next. Raises `BrokenJson` where it is none."""
        self._expect(b"[")

    def has_another_item(self) -> bool:
        """Whether a further item comes, which the caller then takes or skips; the end of the list
        is passed."""
        return self._has_another(b"]")

    def skip(self) -> None:
        """Skip the next value. Raises `TruncatedJson` where the document ends in it."""
        match self.peek():
            case 0x7B | 0x5B:
                self._at += 1
                skipped = Skipper()
                while (end := skipped.find_end(self._data, self._at)) is None:
                    self._at = len(self._data)
                    self._require_more()
                self._at = end
            case 0x22:
                self._at += 1
                self._skip_to_quote()
            case _:
                self._skip_scalar()

    def take(self, limit: int) -> bytes:
        """Take the bytes of the next value, at most `limit`. Raises `TooLong`, or `BrokenJson`
        where there is no whole value; the stream stands before it then."""
        first = self.peek()
        if first == 0x7B and (flat := _FLAT_OBJECT.match(self._data, self._at)):
            end = flat.end()
        elif first in (0x7B, 0x5B):
            end = self._find_nested_end(limit)
        else:
            end = self._find_plain_end(_TEXT if first == 0x22 else _SCALAR, limit)
        if end - self._at > limit:
            raise TooLong
        value = self._data[self._at : end]
        self._at = end
        return value

    def take_objects(self, window: int, decode: Callable[[bytes], list[T]]) -> list[T]:
        """Take several objects of a list at once: those that seem to lie wholly within the next
        `window` bytes, decoded together by `decode`; maybe none.

        Where they end is a guess, which only a list that is sound JSON confirms. Raises what
        `decode` raises for another one; nothing is taken then.
        """
        end = self._data.rfind(b"},", self._at, self._at + window) + 1
        if not end:
            return []
        made = decode(b"[%b]" % self._data[self._at : end])
        self._at = end
        return made

    def buffered(self) -> bytes:
        """Return what has been read of the document and not been taken yet."""
        return self._data[self._at :]

    def rewind_to(self, offset: int) -> None:
        """Go back to `offset`: any place at or after the beginning of the value taken last."""
        self._at = offset - self._start

    def seek(self, pattern: re.Pattern[bytes], overlap: int) -> re.Match[bytes] | None:
        """Go on to the next match of `pattern` and stand after it; None, at the end, without one.
        A match longer than `overlap` may be missed."""
        while True:
            if found := pattern.search(self._data, self._at):
                self._at = found.end()
                return found
            self._at = max(self._at, len(self._data) - overlap)
            if not self._read_more():
                self._at = len(self._data)
                return None

    # --- steps --------------------------------------------------------------------------------

    def _read_more(self) -> bool:
        """Read on, keeping what is not taken yet; false at the end of the document."""
        block = next((block for block in self._blocks if block), b"")
        if not block:
            return False
        self._start += self._at
        self._data = self._data[self._at :] + block
        self._at = 0
        return True

    def _require_more(self) -> None:
        if not self._read_more():
            raise TruncatedJson(self._start + len(self._data))

    def _expect(self, sign: bytes) -> None:
        found = self.peek()
        if found != sign[0]:
            raise self._broken_error(f"`{sign.decode()}` was expected")
        self._at += 1

    def _has_another(self, close: bytes) -> bool:
        """Whether a further member comes; a comma too many or too few is let pass."""
        while self.peek() == 0x2C:
            self._at += 1
        if self.peek() != close[0]:
            return True
        self._at += 1
        return False

    def _read_key(self) -> str | None:
        try:
            raw = self.take(_KEY_BYTES)
            return str(json.loads(raw.decode("utf-8", "replace"), strict=False))
        except TooLong:
            self.skip()
        except ValueError:  # an escape that is none
            pass
        return None

    def _find_nested_end(self, limit: int) -> int:
        skipped = Skipper()
        scan = self._at + 1
        while (end := skipped.find_end(self._data, scan)) is None:
            scan = len(self._data) - self._at
            if scan > limit:
                raise TooLong
            self._require_more()
        return end

    def _find_plain_end(self, pattern: re.Pattern[bytes], limit: int) -> int:
        while True:
            found = pattern.match(self._data, self._at)
            # A number at the end of what was read may go on, a text ends with its quote.
            if found and (pattern is _TEXT or found.end() < len(self._data)):
                break
            if len(self._data) - self._at > limit:
                raise TooLong
            self._require_more()
        if found.end() == self._at:
            raise self._broken_error("a value was expected")
        return found.end()

    def _skip_to_quote(self) -> None:
        while True:
            # The same length without escapes, so that the first quote left is the text's end.
            plain = self._data[self._at :].replace(_BACKSLASHES, b"..").replace(b'\\"', b"..")
            if (quote := plain.find(b'"')) >= 0:
                self._at += quote + 1
                return
            # A lone backslash at the end belongs to what follows.
            self._at = len(self._data) - plain.endswith(b"\\")
            self._require_more()

    def _skip_scalar(self) -> None:
        before = self.offset
        while True:
            found = _SCALAR.match(self._data, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._data) or not self._read_more():
                break
        if self.offset == before:
            raise self._broken_error("a value was expected")

    def _broken_error(self, why: str) -> BrokenJson:
        return BrokenJson(self.offset, why) if self.peek() != END else TruncatedJson(self.offset)
