"""`crossover sheet`: the words of all notes to a spreadsheet and back."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import read_entries
from crossover.cli.options import VerboseOption, WorkspaceOption, YesOption, a_path, again_flags
from crossover.cli.plan import Planner
from crossover.cli.run import working_in
from crossover.cli.runlog import log
from crossover.cli.screen import (
    count,
    hanging,
    home_short,
    is_terminal,
    say,
    say_next,
    say_points,
)
from crossover.destinations.open import DESTINATIONS
from crossover.errors import UsageProblem
from crossover.library.posts_file import Library
from crossover.library.update import keep, name_files
from crossover.model.choices import Action
from crossover.model.notes import State
from crossover.settings.edits import read_edits, write_edits
from crossover.sheet.changes import Changes, changes_of
from crossover.sheet.formats import read_sheet, sheet_bytes
from crossover.sheet.rows import EDITABLE, READ_BACK, rows_of
from crossover.storage.atomic import write_atomic
from crossover.text import one_line
from crossover.workspace import Workspace, find_workspace

MOST_SHOWN = 12
_NAMES = {
    "title": "title",
    "body": "text",
    "topics": "list of topics",
    "visibility": "visibility",
    "action": "action",
}
_MANY = {"visibility": "visibilities", "topics": "lists of topics"}

sheet_app = typer.Typer(
    help="The words of all notes, to a spreadsheet and back.",
    no_args_is_help=True,
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
        planner = Planner(place, DESTINATIONS[0])
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
    planner = Planner(place, DESTINATIONS[0])
    edits = read_edits(place.edits)
    changes = changes_of(sheet, file, edits, planner.library, planner.plan, place.root)
    _tell(changes, file)
    _tell_files(changes, planner.library)
    _tell_settled(changes, place)
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
        keep(name_files(library, changes.files), place.root)
        log.info("files for %d posts by the sheet", len(changes.files))
        say(f"The files are in {home_short(place.media)}.")
    if changes.cells:
        write_edits(changes.edits)
        log.info("%d cells of the sheet changed", len(changes.cells))
        say(f"Kept in {home_short(place.edits)}.")


def _tell(changes: Changes, file: Path) -> None:
    columns = Counter(cell.column for cell in changes.cells)
    if columns:
        sums = ", ".join(
            count(columns[name], _NAMES[name], _MANY.get(name))
            for name in EDITABLE
            if columns[name]
        )
        say(f"{file.name} changes {sums} ({count(len(changes.notes), 'note')}):", style="bold")
    for cell in changes.cells[:MOST_SHOWN]:
        after = "as it was without your edit" if cell.decision is None else _shown(cell.decision)
        head = Text(f"  {cell.number:>5}  {cell.column:<10}  ")
        hanging(head, Text(f"{_shown(cell.before)} → {after}"))
    if len(changes.cells) > MOST_SHOWN:
        say_points([f"and {len(changes.cells) - MOST_SHOWN} more"])
    for number, problem in _problems(changes):
        hanging(Text(f"  {number:>5}  "), Text(problem, style="yellow"))
    say_points(changes.remarks, style="dim")


def _tell_files(changes: Changes, library: Library) -> None:
    posts = [post for post in library.posts if post.id in changes.files]
    if posts:
        say(f"Files for {count(len(posts), 'post')}:", style="bold")
    for post in posts[:MOST_SHOWN]:
        paths = "; ".join(one_line(home_short(path)) for path in changes.files[post.id])
        hanging(Text(f"  {post.number:>5}  "), Text(paths))
    if len(posts) > MOST_SHOWN:
        say_points([f"and {len(posts) - MOST_SHOWN} more"])


def _tell_settled(changes: Changes, place: Workspace) -> None:
    entries = read_entries(AccountFolder(place.practice).ledger)
    done = [
        note.number
        for note in changes.notes
        if (entry := entries.get((note.post, note.part[0]))) and entry.state is State.POSTED
    ]
    if done:
        shown = ", ".join(done[:MOST_SHOWN]) + (", …" if len(done) > MOST_SHOWN else "")
        say_points([f"Practised already, and left there as they are: {shown}."])


def _shown(what: object) -> str:
    text = " ".join(f"#{name}" for name in what) if isinstance(what, tuple) else str(what)
    line = one_line(text)
    return (line if len(line) <= 60 else line[:59] + "…") or "(empty)"


def _problems(changes: Changes) -> list[tuple[str, str]]:
    """What the changed notes still have against them."""
    return [
        (note.number, one_line(f"{problem.message} {problem.next}"))
        for note in changes.notes
        for problem in note.problems
        if note.action is not Action.SKIP
        and not (problem.code == "no-media" and note.post in changes.files)
    ]


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
