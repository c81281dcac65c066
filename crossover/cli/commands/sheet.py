"""`crossover sheet`: the words of all notes to a spreadsheet and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.lazy import PlainCommand
from crossover.cli.options import VerboseOption, WorkspaceOption, YesOption, parse_path
from crossover.cli.run import working_in
from crossover.cli.steps.sheet import bring_in_sheet, read_unseen, show_sheet
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.progress import fitting, progress
from crossover.cli.view.screen import count, home_short, is_terminal, say, say_points
from crossover.destinations.open import Target
from crossover.errors import UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import after_sheet_out, after_unchanged_sheet, next_step
from crossover.model.next_step import Hint, step
from crossover.plan.target import planned_target
from crossover.sheet.rows import READ_BACK
from crossover.sheet.take import write_sheet
from crossover.text import one_line
from crossover.workspace import Workspace, find_workspace

sheet_app = typer.Typer(
    help="The words of all notes, to a spreadsheet and back.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", parser=parse_path, help="The sheet: .csv, or .yaml.")
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
    chosen: WorkspaceOption = None,
    yes: YesOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Write the words of all notes to FILE.

    Edit or translate them there, or let a friend do it."""
    workspace, flags = find_workspace(chosen, Path.home()), Flags(chosen)
    with working_in(workspace, "sheet out", verbose):
        target = planned_target(workspace)
        _check_overwrite(file, workspace, target, flags, yes=yes)
        with progress("checking files") as shown:
            written = write_sheet(file, workspace, target, fitting(shown))
    say(f"{count(written, 'note')} written to {home_short(file)}")
    say_points(
        [
            f"Change {', '.join(READ_BACK[:-1])} or {READ_BACK[-1]}; the other columns are to find your way.",
            "title_candidate: 1, 2 or 3 takes that one of titles_found.",
            "visibility: public, friends or only-me. action: move, skip or hold.",
            "declaration: none, fiction, ai, ad, self-shot or repost. original: yes or no.",
            "sent: the title of a note that went out already; new words do not reach it there.",
            "file: your own video or pictures (IMG_1.MOV, or a.jpg; b.jpg), beside the sheet or whole paths.",
            "Save it under the same kind of file (Excel: `CSV UTF-8`), then bring it in.",
        ],
        style="dim",
    )
    show_next(after_sheet_out(file), flags)


@sheet_app.command("in", cls=PlainCommand)
def sheet_in(
    file: FileArgument,
    chosen: WorkspaceOption = None,
    dry_run: DryRunOption = False,
    wider: WiderOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Bring a sheet back in.

    Only what was changed in it counts, cell by cell; it is kept in edits.yaml. An emptied title,
    body or topics means empty; an emptied visibility or action takes your choice back. So does the
    old text, typed in again; or delete the line in edits.yaml. What the column file names goes into
    the workspace, and stays over every later add."""
    workspace, flags = find_workspace(chosen, Path.home()), Flags(chosen)
    with working_in(workspace, "sheet in", verbose):
        if dry_run:
            if show_sheet(file, workspace, flags):
                say("Nothing was written: --dry-run.")
            return
        taken = bring_in_sheet(file, workspace, flags, wider=wider)
    following = next_step(read_facts(workspace, None)) if taken else after_unchanged_sheet(file)
    show_next(following, flags)


def _check_overwrite(
    file: Path, workspace: Workspace, target: Target, flags: Flags, *, yes: bool
) -> None:
    """Ask before words are lost that were not brought in."""
    if not file.parent.is_dir():
        raise UsageProblem(
            f"There is no folder {home_short(file.parent)}.", next="Make it, or name another one."
        )
    if yes or not file.exists() or _is_brought_in(file, workspace, target):
        return
    if not is_terminal():
        raise UsageProblem(
            f"{file} is there already, with words that were not brought in.",
            next=Hint("Bring it in first: ", step("sheet in", file)),
            more=("Or name another file, or write over it with --yes.",),
        )
    if not typer.confirm(
        f"{one_line(file)} has words that were not brought in. Write over it?", err=True
    ):
        say("Nothing was written.")
        show_next(after_sheet_out(file), flags)
        raise typer.Exit(0)


def _is_brought_in(file: Path, workspace: Workspace, target: Target) -> bool:
    """Whether the file is a sheet that has nothing to bring in."""
    try:
        changes = read_unseen(file, workspace, target)
    except UsageProblem:  # it is no sheet of ours
        return False
    return not (changes or changes.remarks)
