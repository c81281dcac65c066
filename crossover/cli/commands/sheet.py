"""`crossover sheet`: the words of all notes to a spreadsheet and back."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.lazy import PlainCommand
from crossover.cli.log import log
from crossover.cli.options import VerboseOption, WorkspaceOption, YesOption, a_path
from crossover.cli.run import working_in
from crossover.cli.view.progress import progress
from crossover.cli.view.screen import (
    count,
    home_short,
    is_terminal,
    say,
    say_next,
    say_points,
)
from crossover.cli.view.sheet import MOST_SHOWN, show_changes, show_named_files, show_settled
from crossover.destinations.open import DESTINATIONS
from crossover.errors import UsageProblem
from crossover.guide.flags import again_flags
from crossover.library.posts_file import Library
from crossover.library.update import keep, name_files
from crossover.plan.planner import Planner
from crossover.settings.edits import read_edits, write_edits
from crossover.sheet.changes import Changes, changes_of
from crossover.sheet.formats import read_sheet, sheet_bytes
from crossover.sheet.rows import READ_BACK, rows_of
from crossover.storage.atomic import write_atomic
from crossover.text import one_line
from crossover.workspace import Workspace, find_workspace

sheet_app = typer.Typer(
    help="The words of all notes, to a spreadsheet and back.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", parser=a_path, help="The sheet: .csv, or .yaml.")
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Only show what it would change.")
]
WiderOption = Annotated[
    bool,
    typer.Option("--wider", help="Agree that notes become visible to more people than on TikTok."),
]


@sheet_app.command("out", cls=PlainCommand)
def sheet_out(
    file: FileArgument,
    workspace: WorkspaceOption = None,
    yes: YesOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Write the words of all notes to FILE.

    Edit or translate them there, or let a friend do it."""
    place = find_workspace(workspace, Path.home())
    with working_in(place, "sheet out", verbose):
        _check_overwrite(file, yes=yes)
        with progress("fitting files") as shown:
            planner = Planner(place, DESTINATIONS[0], shown.at)
        rows = rows_of(planner.plan(read_edits(place.edits)), planner.library)
        write_atomic(file, sheet_bytes(rows, file))
        log.info("sheet of %d notes", len(rows))
    say(f"{count(len(rows), 'note')} written to {home_short(file)}")
    say_points(
        [
            f"Change {', '.join(READ_BACK[:-1])} or {READ_BACK[-1]}; the other columns are to find your way.",
            "visibility: public, friends or only-me. action: move, skip or hold.",
            "file: your own video or pictures (IMG_1.MOV, or a.jpg; b.jpg), beside the sheet or whole paths.",
            "Save it under the same kind of file (Excel: `CSV UTF-8`), then bring it in.",
        ],
        style="dim",
    )
    say_next(f"crossover sheet in {shlex.quote(str(file))}{again_flags(workspace)}")


@sheet_app.command("in", cls=PlainCommand)
def sheet_in(
    file: FileArgument,
    workspace: WorkspaceOption = None,
    dry_run: DryRunOption = False,
    wider: WiderOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Bring a sheet back in.

    Only what was changed in it counts, cell by cell; it is kept in edits.yaml. An emptied title,
    body or topics means empty; an emptied visibility or action takes your choice back. So does the
    old text, typed in again; or delete the line in edits.yaml. What the column file names goes into
    the workspace, and stays over every later add."""
    place = find_workspace(workspace, Path.home())
    with working_in(place, "sheet in", verbose):
        changes = bring_in(file, place, dry_run=dry_run, wider=wider)
    if (changes.cells or changes.files) and not dry_run:
        say_next("crossover plan" + again_flags(workspace))


def bring_in(
    file: Path, place: Workspace, *, dry_run: bool = False, wider: bool = False
) -> Changes:
    """Take the sheet into the edits of the workspace, which the caller holds, and tell of it."""
    if not file.is_file():
        raise UsageProblem(
            f"There is no file {file}.", next="Write a sheet with `crossover sheet out FILE`."
        )
    sheet = read_sheet(file)
    with progress("fitting files") as shown:
        planner = Planner(place, DESTINATIONS[0], shown.at)
    edits = read_edits(place.edits)
    with progress("comparing the sheet"):
        changes = changes_of(sheet, file, edits, planner.library, planner.plan, place.root)
    show_changes(changes, file)
    show_named_files(changes, planner.library)
    show_settled(changes, place)
    if not (changes.cells or changes.files):
        say("It changes nothing.")
    elif dry_run:
        say("Nothing was written: --dry-run.")
    else:
        _check_wider(changes, file, agreed=wider)
        _take(changes, planner.library, place)
    return changes


def _take(changes: Changes, library: Library, place: Workspace) -> None:
    if changes.files:
        with progress("putting files into the workspace") as shown:
            keep(name_files(library, changes.files), place.root, shown.at)
        log.info("files for %d posts by the sheet", len(changes.files))
        say(f"The files are in {home_short(place.media)}.")
    if changes.cells:
        write_edits(changes.edits)
        log.info("%d cells of the sheet changed", len(changes.cells))
        say(f"Kept in {home_short(place.edits)}.")


def _check_wider(changes: Changes, file: Path, *, agreed: bool) -> None:
    touched = {cell.number for cell in changes.cells if cell.column in ("visibility", "action")}
    numbers = [
        note.number
        for note in changes.notes
        if note.number in touched and any(p.code == "wider" for p in note.problems)
    ]
    if not numbers or agreed:
        return
    which = f"{', '.join(numbers[:MOST_SHOWN])}{', …' if len(numbers) > MOST_SHOWN else ''}"
    what = f"{count(len(numbers), 'note')} would be seen by more people than on TikTok: {which}."
    if not is_terminal():
        raise UsageProblem(
            f"{what} Nothing was taken.",
            next=f"If you mean that: crossover sheet in {shlex.quote(str(file))} --wider",
        )
    if not typer.confirm(f"{what} Do you mean that?", err=True):
        raise UsageProblem("Nothing was taken.", next="Correct the column `visibility`.")


def _check_overwrite(file: Path, *, yes: bool) -> None:
    if not file.parent.is_dir():
        raise UsageProblem(
            f"There is no folder {home_short(file.parent)}.", next="Make it, or name another one."
        )
    if yes or not file.exists():
        return
    if not is_terminal():
        raise UsageProblem(
            f"{file} is there already, perhaps with words of yours in it.",
            next="Name another file, or write over it with --yes.",
        )
    if not typer.confirm(f"{one_line(file)} is there already. Write over it?", err=True):
        raise typer.Exit(0)
