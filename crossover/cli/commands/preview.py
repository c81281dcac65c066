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
        bool,
        typer.Option("--read-only", help="Only write the page, as a file, and say where it is."),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=65535,
            help="Serve the page on this port of this computer; 0, and without it: any free one.",
            show_default=False,
        ),
    ] = None,
    idle: Annotated[
        float,
        typer.Option(metavar="HOURS", min=0.01, help="End after so many hours without use."),
    ] = 8,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Open no browser; only say the address.")
    ] = False,
) -> None:
    """See the notes as they will look: all as a page, or one here.

    On a terminal the page can be edited: a small server on this computer alone saves what you change
    in edits.yaml. Without one, or with --read-only, the page is a plain file."""
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
    if not read_only and (is_terminal() or port is not None):
        from crossover.cli.steps.editing import edit_on_page  # a server is slow to load

        flags = Flags(chosen, rehearsal)
        edit_on_page(workspace, target, flags, port=port, idle_hours=idle, opens=not no_open)
        return
    refresh_page(made, workspace, target)
    data(str(workspace.preview.resolve()))
    if is_terminal() and not no_open:
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
