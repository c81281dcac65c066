"""`crossover preview`: the page, or one note in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import RehearsalOption, WorkspaceOption
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.steps.page import refresh_page, where_of
from crossover.cli.view.next_step import Flags
from crossover.cli.view.note import note_panel
from crossover.cli.view.screen import console, data, is_terminal, say
from crossover.errors import UsageProblem
from crossover.limits.limits import load_limits
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, Plan
from crossover.plan.document import read_plan
from crossover.plan.target import target_of
from crossover.workspace import find_workspace


def preview(
    note: Annotated[
        str | None,
        typer.Argument(
            metavar="NOTE", help="A note's number, as in 17 or 17.2.", show_default=False
        ),
    ] = None,
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Only write the page and say where it is.")
    ] = False,
) -> None:
    """See the notes as they will look: all as a page, or one here."""
    workspace = find_workspace(chosen, Path.home())
    with explaining_missing_plan(workspace, rehearsal):
        made = read_plan(workspace.plan)
    target = target_of(made, workspace, rehearsal)
    if note is not None:
        units = load_limits(made.site).title_units.value
        where = {one.id: one for one in where_of(made, target).notes}
        for found in _notes(made, note):
            flags = Flags(chosen, rehearsal)
            panel = note_panel(found, where[found.id], flags, title_units=units, site=made.site)
            console.print(panel, soft_wrap=False)
        return
    refresh_page(made, workspace, target)
    data(str(workspace.preview.resolve()))
    if not read_only and is_terminal():
        say("Opening it in your browser.")
        typer.launch(workspace.preview.resolve().as_uri())


def _notes(made: Plan, number: str) -> list[Note]:
    found = [n for n in made.notes if number in (n.number, n.number.partition(".")[0], n.id)]
    if not found:
        raise UsageProblem(
            f"There is no note {number}.",
            next=Hint(step("plan", "--all"), " lists all notes by number."),
        )
    return found
