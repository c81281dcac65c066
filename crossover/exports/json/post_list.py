"""The list of own posts, record by record: one bad record never ends the list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from crossover.errors import ExportError
from crossover.exports.json.stream import BrokenJson, JsonStream, TooLong
from crossover.exports.json.value import Undecodable, decode, decode_objects
from crossover.exports.keys import RECORD_KEYS, normalise_key
from crossover.exports.record import UnreadableRecord, read_record
from crossover.model.posts import Post, Unreadable

RECORD_BYTES = 1024 * 1024
"""Bytes of one record. A post of 35 pictures has about 20,000."""

MAX_RECORDS = 100_000
WINDOW = 64 * 1024
"""Bytes of records decoded together, as long as all of them are sound."""

_TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NEXT_RECORD = re.compile(rb'\}\s*(?:,\s*(?=\{\s*"[^"\\]{1,40}"\s*:)|(?=\]\s*\}))')
_AFTER = 256
_MAX_SHAPES = 64


@dataclass(slots=True)
class PostList:
    """The value at the place of the posts. `empty` is `null`, `{}` or `[]`; `odd` is no list.

    `posts` are as TikTok wrote them, without their ids' ordinals. `broken` is where the list
    breaks off: what was whole before is read, and the record there counts as unreadable.
    `mended` counts the records in which letters had to be replaced.
    """

    shape: Literal["list", "empty", "odd"]
    posts: list[Post] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    unknown_keys: set[str] = field(default_factory=set)
    mended: int = 0
    broken: BrokenJson | None = None
    _shapes: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """Every record so far, readable or not."""
        return len(self.posts) + len(self.unreadable)

    def add(self, record: object) -> None:
        """Add one record, as a post or as unreadable."""
        if not isinstance(record, dict):
            self.add_unreadable("it is not a record with fields")
            return
        keys = tuple(record)
        names = self._shapes.get(keys) or self._normalise_keys(keys)
        try:
            self.posts.append(read_record(dict(zip(names, record.values(), strict=True))))
        except UnreadableRecord as exc:
            self.add_unreadable(str(exc))

    def add_unreadable(self, reason: str) -> None:
        """Count one record as unreadable."""
        self.unreadable.append(Unreadable(self.found + 1, reason))

    def _normalise_keys(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Normalise the keys of a record, and remember them: nearly all records have the same."""
        names = tuple(normalise_key(key) for key in keys)
        if len(self._shapes) < _MAX_SHAPES:
            self._shapes[keys] = names
            new = (key for key, name in zip(keys, names, strict=True) if name not in RECORD_KEYS)
            self.unknown_keys.update(new)
        return names


def read_post_list(stream: JsonStream) -> PostList:
    """Read the posts of the value that comes next in `stream`. Raises `ExportError` for more than
    `MAX_RECORDS`."""
    if stream.peek() != 0x5B:
        return PostList(_classify_non_list(stream))
    found = PostList("list")
    stream.enter_list()
    try:
        _read_records(stream, found)
    except BrokenJson as exc:
        found.broken = exc
        found.add_unreadable("the file breaks off here")
    return found


def _classify_non_list(stream: JsonStream) -> Literal["empty", "odd"]:
    try:
        return "empty" if b"".join(stream.take(64).split()) in (b"null", b"{}") else "odd"
    except TooLong:
        stream.skip()
        return "odd"


def _read_records(stream: JsonStream, found: PostList) -> None:
    one_by_one_to = 0
    while stream.has_another_item():
        if found.found > MAX_RECORDS:
            raise ExportError(
                f"The export holds more than {MAX_RECORDS:,} posts, which no account has.",
                next="Name the ZIP file that TikTok gave you.",
            )
        if stream.offset >= one_by_one_to:
            try:
                records = stream.take_objects(WINDOW, decode_objects)
            except Undecodable:
                records, one_by_one_to = [], stream.offset + WINDOW
            for record in records:
                found.add(record)
            if records:
                continue
        _read_record(stream, found)


def _read_record(stream: JsonStream, found: PostList) -> None:
    start = stream.offset
    try:
        raw = stream.take(RECORD_BYTES)
        record, mended = decode(raw)
        found.add(record)
        found.mended += mended
    except Undecodable as exc:
        found.add_unreadable(str(exc))
        stream.rewind_to(start)
        if not _skip_to_next_record(stream, start, len(raw)):
            stream.rewind_to(start + len(raw))
    except TooLong:
        if not _skip_to_next_record(stream, start, RECORD_BYTES):
            stream.skip()
        found.add_unreadable(f"it is longer than {RECORD_BYTES:,} bytes")
    except BrokenJson:
        if not _skip_to_next_record(stream, start, RECORD_BYTES):
            raise
        found.add_unreadable("it is broken JSON")


def _skip_to_next_record(stream: JsonStream, start: int, length: int) -> bool:
    """Go to the next record where a quote or bracket is missing in this one, which then seems to go
    on for `length` bytes; false where none is missing or no next one is found.

    The signs are a text with a line break in it, and an end that is no brace. The next record, or
    the list's end, begins after a brace as no text can hold it."""
    held = stream.buffered()
    record = held[:length].rstrip()
    if record.endswith(b"}") and not any(b"\n" in text for text in _TEXTS.findall(record)):
        return False
    following = _NEXT_RECORD.search(held, 0, length + _AFTER)
    if following is None:
        return False
    stream.rewind_to(start + following.end())
    return True
