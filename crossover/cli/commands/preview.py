"""`crossover preview`: the page, or one note in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import WorkspaceOption
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.view.next_step import Flags
from crossover.cli.view.plan import note_panel
from crossover.cli.view.screen import console, data, is_terminal, say
from crossover.errors import UsageProblem
from crossover.limits.limits import load_limits
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, Plan
from crossover.plan.document import read_plan
from crossover.workspace import Workspace, find_workspace


def preview(
    note: Annotated[
        str | None,
        typer.Argument(
            metavar="NOTE", help="A note's number, as in 17 or 17.2.", show_default=False
        ),
    ] = None,
    chosen: WorkspaceOption = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Only write the page and say where it is.")
    ] = False,
) -> None:
    """See the notes as they will look: all as a page, or one here."""
    workspace = find_workspace(chosen, Path.home())
    made = _read_plan(workspace)
    if note is not None:
        units = load_limits(made.site).title_units.value
        for found in _notes(made, note):
            console.print(note_panel(found, Flags(chosen), title_units=units), soft_wrap=False)
        return
    from crossover.preview.page import shows_plan, write_preview  # templates are slow to load

    if not shows_plan(workspace.preview, made):
        # Under the lock: the run that takes it next would remove a page in the making.
        with workspace.hold("crossover preview"):
            if workspace.preview.exists():
                say("The page was not of this plan, so it was made anew.")
            write_preview(_read_plan(workspace), workspace.preview)
    data(str(workspace.preview.resolve()))
    if not read_only and is_terminal():
        say("Opening it in your browser.")
        typer.launch(workspace.preview.resolve().as_uri())


def _read_plan(workspace: Workspace) -> Plan:
    with explaining_missing_plan(workspace, None):
        return read_plan(workspace.plan)


def _notes(made: Plan, number: str) -> list[Note]:
    found = [n for n in made.notes if number in (n.number, n.number.partition(".")[0], n.id)]
    if not found:
        raise UsageProblem(
            f"There is no note {number}.", next=Hint(step("plan"), " lists all notes by number.")
        )
    return found
