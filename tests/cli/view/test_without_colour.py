"""What a colour says stands there in words too, for whoever sees none: NO_COLOR, a pipe, a printer,
or eyes that tell red from green badly."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from rich.errors import StyleSyntaxError
from rich.style import Style

import crossover
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import note_text
from crossover.cli.view.plan_rows import PlanTable, make_row
from crossover.cli.view.screen import console
from crossover.cli.view.sheet import show_changes
from crossover.library.posts_file import Library
from crossover.model.choices import Action, Edit
from crossover.model.notes import Level, Note, Problem
from crossover.sheet.changes import SheetChanges
from crossover.sheet.row_reader import ChangedCell
from crossover.transfer.report.status import status_of
from tests.makers import LIMITS, edited, notes_of, plan, post

MARKS = {Level.ERROR: "holds it", Level.WARNING: "worth a look", Level.NOTE: "to know"}

COLOURED = {
    "marks.py": {"cyan", "magenta", "red strike", "green"},  # each with its meaning below
    "note.py": {"bold red"},  # more letters than there is room for, in numbers
    "plan_rows.py": {"green", "yellow"},  # move, hold
    "screen.py": {"bold red", "bold cyan"},  # Error: and a command behind its label
    "sheet.py": {"yellow"},  # a problem, behind how much it matters
    "migrate.py": {"bold magenta"},  # a heading with its number
    "filled_form.py": {"bold yellow", "green"},  # a `!`, and a sentence that says so
    "doctor.py": {"green", "yellow", "bold red"},  # ok, warn, fail
}
"""Every colour of the screens, and what says the same beside it."""


def problems() -> tuple[Problem, ...]:
    return tuple(Problem(level, level, f"About {level}.", "") for level in Level)


def noted() -> Note:
    (made,) = notes_of(post(title="Own title"))
    return replace(made, problems=problems())


def painted(paint: object) -> str:
    with console.capture() as captured:
        console.print(paint)
    return captured.get()


def test_no_colour_is_new_without_a_word_beside_it() -> None:
    found: dict[str, set[str]] = {}
    for path in Path(crossover.__file__).parent.joinpath("cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and is_colour(node.value):
                found.setdefault(path.name, set()).add(str(node.value))
    assert found == COLOURED


def is_colour(constant: object) -> bool:
    try:
        return isinstance(constant, str) and Style.parse(constant).color is not None
    except StyleSyntaxError:
        return False


def test_a_note_says_what_becomes_of_it_and_how_much_each_problem_matters() -> None:
    note = replace(noted(), action=Action.HOLD)
    standing = status_of(replace(plan(post(1)), notes=(note,)), {}).notes[0]
    shown = painted(note_text(note, standing, Flags(), LIMITS))
    assert "1  hold" in shown
    for level, mark in MARKS.items():
        assert f"{mark}: About {level}." in shown


def test_the_plan_says_what_becomes_of_each_note() -> None:
    made = plan(post(1), post(2, text=None), post(3), edits=edited(n3=Edit(action=Action.SKIP)))
    both = zip(made.notes, status_of(made, {}).notes, strict=True)
    rows = painted(PlanTable(make_row(*one) for one in both)).splitlines()[1:]
    assert [row.split()[4] for row in rows] == ["move", "hold", "skip"]


def test_in_a_sheet_what_changes_and_what_is_wrong_are_different_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    note = noted()
    cell = ChangedCell(
        where="row 2", number="1", column="title", before="Old", decision="New", crossed=False
    )
    changes = SheetChanges(Library(), edited(), (note,), (), (cell,), {}, ("A remark.",))
    show_changes(changes, Path("words.csv"), Flags())
    lines = [" ".join(line.split()) for line in capsys.readouterr().err.splitlines()]
    assert lines[1:] == [
        "1 title Old → New",
        *(f"1 {mark}: About {level}." for level, mark in MARKS.items()),
        "A remark.",
    ]
