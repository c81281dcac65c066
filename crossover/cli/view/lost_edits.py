"""Edits that have lost their note."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.cli.view.screen import console, say, say_points
from crossover.model.notes import Problem
from crossover.text import one_line


def show_lost_edits(problems: Iterable[Problem]) -> None:
    """Show the problems of a plan that are of no note, each with what to do."""
    lines = [one_line(f"{problem.message} {problem.next}") for problem in problems]
    if lines:
        console.print()
        say("Edits of no note:", style="bold")
        say_points(lines)
