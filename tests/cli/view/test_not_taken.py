"""What RedNote did not take of notes, as a creator reads of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crossover.cli.view.not_taken import not_taken_text, show_not_taken
from crossover.model.account import SiteName
from crossover.model.notes import Plan, State
from crossover.model.posts import Declaration, Visibility
from crossover.transfer.report.status import Status, status_of
from tests.makers import entry, plan, post


def sent(*dropped: tuple[str, ...]) -> tuple[Status, Plan]:
    """Notes of which this was dropped, sent for the creator alone."""
    made = plan(*(post(n) for n, _ in enumerate(dropped, 1)))
    notes = tuple(replace(note, declaration=Declaration.AI) for note in made.notes)
    rows = {
        note.key: entry(*note.key, State.POSTED, visibility=Visibility.ONLY_ME, not_taken=names)
        for note, names in zip(notes, dropped, strict=True)
    }
    made = replace(made, notes=notes, site=SiteName.REDNOTE)
    return status_of(made, rows), made


def test_right_after_the_post_it_is_counted_and_named() -> None:
    assert "1 option: seen by. Set it" in not_taken_text(["visibility"])
    assert "2 options: seen by, topics. Set them" in not_taken_text(["visibility", "topics"])


def test_each_option_is_named_as_it_was_planned_and_like_notes_share_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    where, made = sent(
        ("visibility", "declaration"), (), ("topics",), ("visibility", "declaration")
    )
    show_not_taken(where, made.notes)
    topics = " ".join(f"#{name}" for name in made.notes[2].topics)
    assert capsys.readouterr().err.splitlines() == [
        "3 notes are on RedNote without something that was planned. Set it there by hand, if you want:",
        " 1, 4  seen by: only you (仅自己可见) · declaration: made with AI (笔记含AI合成内容)",
        f"    3  topics: {topics}",
    ]
    where, made = sent((), ())
    show_not_taken(where, made.notes)
    assert capsys.readouterr().err == ""


def test_practice_is_not_called_rednote(capsys: pytest.CaptureFixture[str]) -> None:
    where, made = sent(("body",))
    show_not_taken(replace(where, site=SiteName.REHEARSAL), made.notes)
    head, line = capsys.readouterr().err.splitlines()
    assert head.startswith("1 note is in the practice account without")
    assert line == "    1  text"


def test_very_many_do_not_fill_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    where, made = sent(*[("title",)] * 30)
    show_not_taken(where, made.notes)
    assert len(capsys.readouterr().err.splitlines()) == 14
