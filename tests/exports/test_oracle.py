"""The reader finds in any sound document, cut into any blocks, what ijson finds."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.exports.archive.utf8 import decode_to_utf8
from crossover.exports.json.post_list import PostList
from crossover.exports.json.salvage import salvage
from crossover.exports.json.sections import Sections, read_sections
from crossover.exports.json.skip import Skipper
from crossover.exports.json.stream import END, JsonStream
from crossover.exports.record import UnreadableRecord, read_record
from tests.tier import by_tier, examples

from .makers import record
from .oracle import post_records

TRAPS = [
    '"VideoList":[{"Date":"2001-01-01 00:00:00"}]',
    '{"Post":{"Posts":{"VideoList":[',
    '\\"Posts\\": {"VideoList": [{}]}}',
    "]}}}]",
    '{[{["',
    "\\",
    '\\\\"',
    '}, {"Date": "x"}',
    "\u2028 ü 🙂 \x7f",
]
KEYS = [
    "Post",
    "Posts",
    "VideoList",
    "Video",
    "Videos",
    "post",
    "Video List",
    "Your Activity",
    "Watch History",
    "Recently Deleted Posts",
    "PostList",
    "Story",
    "Profile",
    "Profile Info",
    "ProfileMap",
    "userName",
    "Date",
    "Link",
    "",
]
texts = st.sampled_from(TRAPS) | st.text(st.characters(codec="utf-8"), max_size=12)
keys = st.sampled_from(KEYS) | texts
scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(-1e9, 1e9) | texts
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
records = st.builds(
    lambda title, extra: record("2025-01-01 00:00:00", Title=title, **extra),
    texts,
    st.dictionaries(texts, anything, max_size=2),
)
lists: st.SearchStrategy[Any] = st.lists(records | anything, max_size=5) | st.none() | st.just({})
folders = st.fixed_dictionaries(
    {}, optional={"VideoList": lists, "App": anything, "video_list": lists}
)
sections = st.fixed_dictionaries(
    {}, optional={"Posts": folders, "Videos": folders, "Recently Deleted Posts": anything}
)
documents = st.dictionaries(
    st.sampled_from(["Post", "Video", "Comment", "Your Activity", "Profile"]) | texts,
    sections | anything,
    max_size=5,
)


class OddJsonWriter:
    """JSON as nobody writes it: any white space, any escapes, keys too."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def write(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = (f"{self._text(k)}{self._gap()}:{self.write(v)}" for k, v in value.items())
            return f"{self._gap()}{{{self._gap()}{','.join(self._spaced(inner))}}}{self._gap()}"
        if isinstance(value, list):
            return f"{self._gap()}[{','.join(self._spaced(map(self.write, value)))}{self._gap()}]"
        text = self._text(value) if isinstance(value, str) else json.dumps(value)
        return f"{self._gap()}{text}{self._gap()}"

    def _spaced(self, parts: Iterator[str]) -> Iterator[str]:
        return (f"{self._gap()}{part}{self._gap()}" for part in parts)

    def _gap(self) -> str:
        return self._chance.choice(["", "", "", " ", "\n  ", "\t\r\n"])

    def _text(self, text: str) -> str:
        style = self._chance.randrange(3)
        if style == 2 and all(ord(char) < 0x10000 for char in text):
            return '"' + "".join(f"\\u{ord(char):04x}" for char in text) + '"'
        return json.dumps(text, ensure_ascii=style == 0)


def blocks_of(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def read(data: bytes, size: int) -> Sections:
    return read_sections(JsonStream(decode_to_utf8(blocks_of(data, size))))


def read_lists(found: Sections) -> dict[str, list[Any]]:
    return {
        section: in_document_order(some)
        for section, some in found.lists.items()
        if some.shape == "list"
    }


def in_document_order(some: PostList) -> list[Any]:
    """The list in the order of the document: posts by their title, others by their reason."""
    posts = iter(some.posts)
    bad = {record.position: record.reason for record in some.unreadable}
    return [bad.get(place) or next(posts) for place in range(1, some.found + 1)]


def expect_records(rows: list[Any]) -> list[Any]:
    made: list[Any] = []
    for row in rows:
        alone = PostList("list")
        alone.add(row)
        made += alone.posts or [alone.unreadable[0].reason]
    return made


def same_as_oracle(data: bytes, size: int) -> None:
    found = read(data, size)
    assert found.broken is None
    want = {section: expect_records(rows) for section, rows in post_records(data).items()}
    have = read_lists(found)
    # A list of another spelling may stand beside it and be no list at all: the last one counts.
    for section, some in found.lists.items():
        if some.shape == "list":
            assert have[section] == want[section]
    if not found.repeated:
        assert have == want


@settings(deadline=None, max_examples=examples(100))
@given(documents, st.integers(0, 2**32), st.integers(1, 64) | st.just(2**20))
def test_equal_to_ijson_over_any_sound_document_in_tiny_blocks_or_in_one(
    document: dict[str, Any], seed: int, size: int
) -> None:
    same_as_oracle(OddJsonWriter(random.Random(seed)).write(document).encode(), size)


@pytest.mark.parametrize("size", [1, 7, 256, 257, 4096])
@pytest.mark.parametrize("seed", range(by_tier(1, 4)))
def test_equal_to_ijson_with_sections_of_many_blocks(seed: int, size: int) -> None:
    chance = random.Random(seed)
    row = {"Date": "2024-01-01 00:00:00", "Text": TRAPS, "More": [{}, [], {"a": {"b": [1]}}]}
    document = {
        "Your Activity": {"Watch History": {"VideoList": [row] * chance.randrange(size // 9 + 9)}},
        "Comment": {"text": chance.choice(TRAPS) * min(9 * size, 3000)},
        "Post": {"Posts": {"VideoList": [record(Title=chance.choice(TRAPS))] * 40}},
        "Video": {"Videos": {"VideoList": [record("2020-01-01 00:00:00"), None]}},
    }
    text = json.dumps(document, indent=chance.choice([None, 2]), ensure_ascii=bool(seed % 2))
    same_as_oracle(text.encode(), size)
    assert len(read(text.encode(), size).lists["post"].posts) == 40


@settings(deadline=None, max_examples=examples(100))
@given(anything, st.integers(0, 2**32), st.integers(1, 64), texts)
def test_a_skipped_value_ends_where_it_ends(value: Any, seed: int, size: int, after: str) -> None:
    body = OddJsonWriter(random.Random(seed)).write([value]).strip().encode()
    rest = after.encode()
    skip, seen, end = Skipper(), 1, None
    for block in blocks_of(body[1:] + rest, size):
        end = skip.find_end(block, 0)
        if end is not None:
            break
        seen += len(block)
    assert end is not None
    assert seen + end == len(body)


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(anything, min_size=1, max_size=5), st.integers(0, 2**32), st.integers(1, 64))
def test_values_are_skipped_or_taken_whole_whatever_the_blocks(
    values: list[Any], seed: int, size: int
) -> None:
    body = OddJsonWriter(random.Random(seed)).write(values).encode()
    for which in range(len(values)):
        stream = JsonStream(blocks_of(body, size))
        taken = [stream.take(len(body)) for place in stream.items() if place == which + 1]
        assert [json.loads(raw) for raw in taken] == [values[which]]
        assert stream.peek() == END


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("size", range(1, 8))
def test_a_text_is_skipped_to_its_own_quote(trap: str, size: int) -> None:
    body = json.dumps([trap * 3, trap, 7]).encode()
    stream = JsonStream(blocks_of(body, size))
    assert [stream.take(9) for place in stream.items() if place == 3] == [b"7"]


@settings(deadline=None, max_examples=examples(100))
@given(documents, st.integers(0, 2**32), st.integers(1, 64), st.data())
def test_whatever_is_done_to_it_every_record_found_is_in_one_state(
    document: dict[str, Any], seed: int, size: int, data: st.DataObject
) -> None:
    whole = bytearray(OddJsonWriter(random.Random(seed)).write(document).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    found = read(bytes(whole), size)
    one_block = read(bytes(whole), len(whole) + 1)
    assert (found.broken is None) == (one_block.broken is None)
    if found.broken:
        salvage(JsonStream(decode_to_utf8(blocks_of(bytes(whole), size))), found)
    else:
        assert read_lists(found) == read_lists(one_block)
    for some in found.lists.values():
        places = [bad.position for bad in some.unreadable]
        assert places == sorted(set(places))
        assert some.found == len(some.posts) + len(some.unreadable)
        assert all(1 <= place <= some.found for place in places)


def test_the_oracle_disagrees_with_a_reader_that_goes_by_name() -> None:
    trap = json.dumps({"Your Activity": {"Posts": {"VideoList": [record()]}}, "Post": {}}).encode()
    assert post_records(trap) == {}
    with pytest.raises(UnreadableRecord):
        read_record({})
