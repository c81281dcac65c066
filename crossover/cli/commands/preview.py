"""`crossover preview`: the page, or notes in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.note_numbers import parse_note_range
from crossover.cli.options import (
    JsonOption,
    NoPagerOption,
    RehearsalOption,
    WorkspaceOption,
)
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.steps.notes import print_notes, show_notes
from crossover.cli.steps.page import refresh_page
from crossover.cli.view.next_step import Flags
from crossover.cli.view.pager import paged
from crossover.cli.view.screen import data, is_terminal, say
from crossover.model.note_range import NoteRange
from crossover.plan.document import read_plan
from crossover.plan.target import target_of
from crossover.workspace import find_workspace


def _parse_port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65_535):
        raise typer.BadParameter("a port is a number, 65535 at most")
    return int(text)


def preview(
    notes: Annotated[
        list[NoteRange] | None,
        typer.Argument(
            metavar="NOTE",
            parser=parse_note_range,
            help="Show these notes here: 17, 17.2 or 18-20.",
            show_default=False,
        ),
    ] = None,
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
    no_pager: NoPagerOption = False,
    read_only: Annotated[
        bool,
        typer.Option("--read-only", help="Only write the page, as a file, and say where it is."),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=_parse_port,
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
    """See the notes as they will look: all as a page, or some here.

    On a terminal the page can be edited: a small server on this computer alone saves what you change
    in edits.yaml. Without one, or with --read-only, the page is a plain file."""
    workspace = find_workspace(chosen, Path.home())
    with explaining_missing_plan(workspace, rehearsal):
        made = read_plan(workspace.plan)
    target = target_of(made, workspace, rehearsal)
    if as_json:
        print_notes(made, workspace, notes or ())
        return
    if notes:
        with paged(wanted=not no_pager):
            show_notes(made, workspace, target, notes, Flags(chosen, rehearsal))
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
