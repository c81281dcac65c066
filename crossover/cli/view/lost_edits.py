"""Edits that decide nothing: of no note, or for a title that is not there any more."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.cli.view.screen import console, say, say_points
from crossover.model.notes import Note, Problem
from crossover.text import one_line


def show_lost_edits(problems: Iterable[Problem], notes: Iterable[Note] = ()) -> None:
    """Show the problems of a plan that are of no note, and the choices in `notes` that cannot be
    made, each with what to do."""
    lines = [f"{problem.message} {problem.next}" for problem in problems]
    lines += [
        f"Note {note.number}: {problem.message} {problem.next}"
        for note in notes
        for problem in note.problems
        if problem.code == "title-choice"
    ]
    if lines:
        console.print()
        say("Edits that decide nothing:", style="bold")
        say_points(map(one_line, lines))
