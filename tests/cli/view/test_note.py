"""One note in the terminal: what it was on TikTok and will be on RedNote, at any width, with every
word that went elsewhere marked where it stands."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from crossover.cli.view.columns import folded_list
from crossover.cli.view.dates import day_and_time
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import NoteOrigin, note_text
from crossover.cli.view.screen import console
from crossover.model.choices import Action, Edit
from crossover.model.posts import Post, Visibility
from crossover.transfer.report.status import status_of
from tests.makers import LIMITS, edited, plan, post

CAPTION = (
    "Hello from my tiny studio 👋 It used to be a garage, and it smells like one when it rains."
    " 我们的小店今天开门了，欢迎大家来看看我们做的杯子。 👨‍👩‍👧 🇵🇹 Cafe\u0301!\n\nAnd so on, @mara said."
    " #studio #手作 #fyp"
)
POST = post(17, text=CAPTION, likes=1412, seconds=12.0, sound="Small Hours - Harbour Tapes")
SGR = re.compile("\x1b\\[[0-9;]*m")
LINK = re.compile("\x1b\\]8;[^\x1b]*\x1b\\\\")

Show = Callable[..., list[str]]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the screen up: its width, with or without colours."""

    def set_up(width: int, *, colours: bool = False) -> None:
        made = Console(
            file=Terminal(),
            width=width,
            force_terminal=True,
            color_system="standard" if colours else None,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=True,
        )
        for name in ("_file", "_width", "_color_system", "_force_terminal", "no_color"):
            monkeypatch.setattr(console, name, getattr(made, name))

    return set_up


def shown(item: Post = POST, edit: Edit | None = None, folder: Path | None = None) -> str:
    """The first note of a post, as it is printed."""
    made = plan(item, edits=edited(**{f"n{item.number}": edit}) if edit else None)
    note, *others = made.notes
    origin = NoteOrigin(item, "mara", others, folder)
    standing = status_of(made, {}).notes[0]
    with console.capture() as captured:
        console.print(note_text(note, standing, Flags(), LIMITS, origin=origin))
    return captured.get()


def lines_of(text: str) -> list[str]:
    return SGR.sub("", LINK.sub("", text)).splitlines()


@pytest.mark.parametrize("width", [60, 80, 99, 100, 120, 200])
def test_no_line_is_wider_than_the_screen(on_terminal: Callable[..., None], width: int) -> None:
    on_terminal(width)
    links = False
    for line in lines_of(shown()):
        links = links or line == "Links"
        assert links or cell_len(line) <= width, line


@pytest.mark.parametrize(("width", "beside"), [(60, False), (99, False), (100, True), (200, True)])
def test_post_and_note_stand_beside_each_other_where_there_is_room(
    on_terminal: Callable[..., None], width: int, beside: bool
) -> None:
    on_terminal(width)
    lines = lines_of(shown())
    (line,) = (line for line in lines if line.startswith("On TikTok"))
    assert ("On RedNote" in line) is beside
    if beside:
        column = cell_len(line.partition("On RedNote")[0])
        for line in lines[3:8]:  # the bars of the right column stand below each other
            assert cell_len(line[: line.rindex("│")]) == column


def test_everything_of_both_is_told(on_terminal: Callable[..., None]) -> None:
    on_terminal(80)
    said = " ".join(" ".join(lines_of(shown())).replace("│", " ").split())
    for words in (
        "17 move",
        f"{day_and_time(POST.posted_at, datetime.now(UTC))} · video 0:12 · 1,412 likes",
        "Sound: Small Hours - Harbour Tapes",
        "On RedNote video 0:12 · public",
        "Hello from my tiny studio 👋",
        "Title: 27 letters, which count as 30 of 40",
        "of 1,000 letters",
        "media/0017-01.mp4 1080 × 1920 · 5 KB",
        "cover: ready/c.jpg 1080 × 1440 · 1 KB",
        "Other titles in its words",
        "Changes",
    ):
        assert words in said


@pytest.mark.parametrize("colours", [True, False])
def test_words_that_went_elsewhere_are_marked_where_they_stand(
    on_terminal: Callable[..., None], colours: bool
) -> None:
    on_terminal(80, colours=colours)
    said = shown()
    flat = " ".join(" ".join(lines_of(said)).replace("│", " ").split())
    assert ("Marked: went into the title · became a topic · left out" in flat) is colours
    if colours:
        assert "\x1b[35mHello from my tiny studio 👋" in said
        assert re.search("\x1b\\[9;31m#fyp", said)
        assert re.search("\x1b\\[36m#studio", said)
    else:
        assert "[went into the title: Hello from my tiny studio 👋]" in flat
        assert "[left out: @mara]" in flat
        assert "[left out: #fyp]" in flat
        assert "[became a topic: #studio #手作]" in flat


def test_what_can_be_copied_has_no_mark_in_it(on_terminal: Callable[..., None]) -> None:
    on_terminal(80)
    text = "\n".join(lines_of(shown())).partition("On RedNote")[2].partition("Title:")[0]
    assert "[" not in text


def test_a_title_that_is_too_long_says_so_in_numbers(on_terminal: Callable[..., None]) -> None:
    on_terminal(80, colours=True)
    assert "\x1b[1;31mTitle: 47 of 40 letters" in shown(edit=Edit(title="a" * 47))


def test_a_note_that_is_left_out_says_why(on_terminal: Callable[..., None]) -> None:
    on_terminal(80)
    lines = lines_of(shown(edit=Edit(action=Action.SKIP)))
    assert lines[0].startswith("17  skip")
    assert "Left out" in lines


def test_what_not_everybody_sees_on_tiktok_says_so(on_terminal: Callable[..., None]) -> None:
    on_terminal(80)
    only_me = replace(POST, visibility=Visibility.ONLY_ME)
    assert "1,412 likes · only-me" in "\n".join(lines_of(shown(only_me)))


def test_a_file_leads_to_itself_on_a_terminal_with_links(
    on_terminal: Callable[..., None], tmp_path: Path
) -> None:
    on_terminal(80, colours=True)
    assert f"{(tmp_path / 'media/0017-01.mp4').as_uri()}\x1b\\media" in shown(folder=tmp_path)


def test_piped_lines_are_not_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_file", io.StringIO())
    assert any(len(line) > 150 for line in lines_of(shown()))


@given(
    st.lists(st.text(st.sampled_from("ab我👋🏽é"), min_size=1, max_size=12), max_size=12),
    st.integers(2, 30),
)
def test_topics_stay_whole_where_they_fit(topics: list[str], width: int) -> None:
    lines = folded_list(map(Text, topics), width)
    assert all(line.cell_len <= width for line in lines)
    words = " ".join(line.plain for line in lines).split()
    assert all(topic in words for topic in topics if cell_len(topic) <= width)
