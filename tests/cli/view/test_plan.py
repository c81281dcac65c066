"""The plan in the terminal: complete at any width, and only what differs is shown as changed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from rich.console import Console, RenderableType

from crossover.accounts.ledger.entry import Entry
from crossover.cli.view.next_step import Flags
from crossover.cli.view.plan import note_panel, plan_table, remarks
from crossover.model.choices import Edit
from crossover.model.notes import Plan
from crossover.model.posts import Visibility
from crossover.transfer.report.status import status_of
from tests.makers import edited, plan, post

NO_ROWS: Mapping[tuple[str, int], Entry] = {}


def shown(what: RenderableType, width: int = 100) -> str:
    console = Console(width=width, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def panel(made: Plan, rows: Mapping[tuple[str, int], Entry] = NO_ROWS) -> str:
    """The first note in one line."""
    standing = status_of(made, rows).notes[0]
    painted = shown(note_panel(made.notes[0], standing, Flags(), title_units=20))
    return " ".join(painted.replace("│", " ").split())


def look_at(made: Plan) -> list[tuple[str, list[tuple[str, str]]]]:
    return list(remarks(made, status_of(made, {})))


def test_a_narrow_screen_keeps_number_action_and_title() -> None:
    made = plan(post(1, text="A title"), post(2, pictures=20, text="Many pictures"))
    for line, words in zip(
        shown(plan_table(made, status_of(made, {}), narrow=True), 40).splitlines()[1:],
        (("1", "A title"), ("2.1", "Many pictures (1/2)"), ("2.2", "Many pictures (2/2)")),
        strict=True,
    ):
        assert "move" in line
        assert all(word in line for word in words)


@pytest.mark.parametrize("title", ["A title of eighty letters " * 3, "我" * 60])
def test_a_long_title_takes_nothing_from_the_other_columns(title: str) -> None:
    made = plan(post(1), post(2), edits=edited(n1=Edit(title=title)))
    lines = shown(plan_table(made, status_of(made, {})), 80).splitlines()
    for number, action in (("1", "hold"), ("2", "move")):
        (row,) = (line.split() for line in lines if line.split()[:1] == [number])
        assert row[1:5] == ["2025-01-01", "video", "0:12", action]
    assert "".join(title.split()) in "".join("".join(line[30:].split()) for line in lines)


def test_of_a_long_text_only_the_part_that_differs_is_shown() -> None:
    text = "The same words at the beginning of a long caption, " * 3
    said = panel(plan(post(text=f"{text}and then @somebody came")))
    assert "…@somebody came → …somebody came" in said


def test_equal_warnings_of_many_notes_are_one_line() -> None:
    posts = [post(n, text=f"{n} see https://x.example") for n in range(1, 10)]
    ((heading, lines),) = look_at(plan(*posts))
    assert heading == "Worth a look"
    assert [numbers for numbers, _ in lines] == ["1-9"]


def test_what_waits_stands_first_with_its_reason() -> None:
    made = plan(post(1), post(2, visibility=Visibility.ONLY_ME), post(3, media=()))
    ((heading, lines),) = look_at(made)
    assert heading == "On hold"
    assert [numbers for numbers, _ in lines] == ["2", "3"]
    assert lines[0][1] == "Only you can see it on TikTok."


def test_parts_of_a_post_are_a_range_of_their_own() -> None:
    linked = "see https://x.example"
    posts = (post(1, text=linked), post(2, text=linked, pictures=20), post(3, text=linked))
    ((_, lines),) = look_at(plan(*posts))
    assert [numbers for numbers, said in lines if "link" in said] == ["1, 2.1-2.2, 3"]
