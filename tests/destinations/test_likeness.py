"""Which note of the list may be a planned one, whatever the site made of its words."""

from __future__ import annotations

import pytest

from crossover.destinations.own_notes.recognise import find_like, is_like
from crossover.model.account import OwnNote
from crossover.model.posts import Kind
from tests.destinations.makers import NOTE_ID, NOW, note


def like(ours: str, shown: str, *, kind: str = "normal", body: str = "") -> bool:
    return is_like(note(title=ours, body=body), OwnNote(NOTE_ID, shown, kind, NOW, 0))


@pytest.mark.parametrize(
    ("ours", "shown"),
    [
        ("A day at the sea", "A day at the sea"),
        ("A day at the sea", "a  Day at the sea!"),
        ("A day at the sea 🌊", "A day at the sea"),
        ("A day at the sea", "A day at"),
        ("A day at the sea", "A day at the s…"),
        ("A day at the sea", "A day at the s**"),
        ("How to kill time", "How to k*** time"),
        ("Cafe\u0301 by the sea", "Café by the sea"),
        ("Ａ day at the sea", "A day at the sea"),
        ("海边的一天,真开心", "海边的一天"),
        ("Day 12", "Day 12"),
        ("🌊🌊", "🌊🌊"),
        ("", ""),
    ],
)
def test_a_title_that_is_the_same_or_was_edited_is_like(ours: str, shown: str) -> None:
    assert like(ours, shown)
    assert not like(ours, shown, kind="video")


@pytest.mark.parametrize(
    ("ours", "shown"),
    [
        ("A day at the sea", "Lunch"),
        ("A day at the sea", "My day at work"),
        ("A day at the sea", ""),
        ("A day at the sea", "***"),
        ("A day at the sea", "A"),
        ("Day 12", "Day 13"),
        ("Day 12", "Day 1"),
        ("Day 1", "Day 12"),
        ("My trip, part 1 of 3", "My trip, part 2 of 3"),
        ("海边的一天", "山里的一天"),
        ("🌊🌊", "🐈"),
        ("🌊🌊", ""),
        ("", "Lunch"),
    ],
)
def test_another_title_is_not_like(ours: str, shown: str) -> None:
    assert not like(ours, shown)


def test_a_note_without_a_title_is_shown_without_one_or_by_its_text() -> None:
    assert like("", "Golden hour", body="Golden hour by the sea")
    assert like("", "", body="Golden hour by the sea")
    assert not like("", "Golden rice", body="Golden hour by the sea")
    assert not is_like(note(kind=None), OwnNote(NOTE_ID, "A day at the sea", "normal", NOW, 0))
    assert is_like(note(kind=Kind.VIDEO), OwnNote(NOTE_ID, "A day at the sea", "video", None, None))


def found(*shown: str, ours: tuple[str, ...]) -> list[bool]:
    entries = [OwnNote(str(n), title, "normal", NOW, 0) for n, title in enumerate(shown)]
    return [one is not None for one in find_like([note(title=title) for title in ours], entries)]


def test_a_note_of_a_series_stands_for_itself_alone() -> None:
    series = ("Walk in Paris", "Walk in Parma", "Walk in Par")
    assert found("Walk in Paris", ours=series) == [True, False, False]
    assert found("Walk in Pa", ours=series) == [True, True, True]


def test_of_more_notes_with_one_title_than_are_planned_some_were_edited() -> None:
    series = ("Walk in Paris", "Walk in Parma", "Walk in Par")
    assert found("Walk in Par", "Walk in Par", ours=series) == [True, True, True]
    twins = ("My day", "My day", "My day at work")
    assert found("My day", "My day", ours=twins) == [True, True, False]
