from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.rehearsal.store.listing import format_json, format_text
from crossover.rehearsal.store.records import File, Note
from crossover.rehearsal.visible import escape_invisible, tell

NOTE = Note(
    id="a" * 24,
    type="video",
    title="海边",
    desc="Words #海边[话题]#",
    topics=("海边",),
    privacy=1,
    schedule=None,
    media=(File("b" * 64, 10, "video/mp4", None),),
    cover=File("c" * 64, 20, "image/jpeg", "c.jpg"),
    time=1_790_000_000_999,
)


def test_what_it_says_is_one_line_each_whatever_name_stands_in_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell("kept in a\nError: b\x1b[2K", "and\u2028that")
    assert capsys.readouterr().err == "kept in a\\u{a}Error: b\\u{1b}[2K\nand\\u{2028}that\n"


def test_json_keeps_its_contract() -> None:
    text = format_json([NOTE])
    assert text.isascii()
    (record,) = json.loads(text)
    assert record == {
        "id": "a" * 24,
        "type": "video",
        "title": "海边",
        "desc": "Words #海边[话题]#",
        "topics": ["海边"],
        "visibility": "only-me",
        "media": [{"sha256": "b" * 64, "bytes": 10}],
        "cover": {"sha256": "c" * 64, "bytes": 20},
        "time": "2026-09-21T14:13:20Z",
        "scheduled_for": None,
        "declaration": "none",
        "original": False,
    }


def test_people_read_the_title_and_who_may_see_it() -> None:
    text = format_text([NOTE, replace(NOTE, title="", privacy=0, type="normal")], Path("x"))
    for part in ("2 notes", "海边", "only me", "1 picture", "(no title)", "#海边"):
        assert part in text


def test_people_read_which_hashtags_are_topics_and_which_plain_text() -> None:
    mixed = replace(NOTE, desc="Words #海边[话题]# #fogtok", topics=("海边",))
    plain, none = replace(NOTE, desc="#fogtok", topics=()), replace(NOTE, desc="Words", topics=())
    lines = format_text([mixed, plain, none], Path("x")).splitlines()
    assert [line.strip() for line in lines if "topics:" in line] == [
        "topics: #海边",
        "topics: none",
    ]


@settings(deadline=None)
@given(st.text())
def test_nothing_in_a_list_can_steer_a_terminal(text: str) -> None:
    shown = format_text([replace(NOTE, title=text, desc=text)], Path("x"))
    assert not set("\x1b\x07\r\x9b\u202e\u2066\u2028\u200f") & set(shown)


def test_controls_are_shown_as_escapes() -> None:
    assert escape_invisible("a\x1b[2J\u202eb") == "a\\u{1b}[2J\\u{202e}b"
    assert escape_invisible("海边 😀") == "海边 😀"
