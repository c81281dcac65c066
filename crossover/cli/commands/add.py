"""`crossover add`: whatever the creator has, recognised by its shape."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import VerboseOption, WorkspaceOption, parse_path
from crossover.cli.run import working_in
from crossover.cli.steps.add import add_and_show, confirm_files, look_at_sources
from crossover.cli.steps.sheet import bring_in_sheet
from crossover.cli.view.downloads import show_all_saved
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.not_moved import show_not_moved
from crossover.cli.view.screen import home_short, is_terminal, say
from crossover.errors import UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import after_skipped_files, next_step
from crossover.library.posts_file import read_library
from crossover.model.next_step import Hint, Placeholder, step
from crossover.settings.answers import parse_file_choices


def add(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            parser=parse_path,
            help="Exports, media files, what yt-dlp and gallery-dl wrote, filled-in sheets,"
            " folders.",
        ),
    ] = None,
    pair: Annotated[
        list[str] | None,
        typer.Option(
            "--pair", metavar="NOTE=FILE", help="This post is that file; again for more pictures."
        ),
    ] = None,
    no_pair: Annotated[
        list[int] | None,
        typer.Option(
            "--no-pair", metavar="NOTE", help="The file in question is not this post's own."
        ),
    ] = None,
    confirm: Annotated[
        bool,
        typer.Option("--confirm", help="Ask about the files that may be a post's, one key each."),
    ] = False,
    chosen: WorkspaceOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Add what you have: exports, media, words, filled-in sheets.

    With --confirm: say which posts your files are, one key each, also later and without a PATH.
    """
    choices = parse_file_choices(pair or (), no_pair or ())
    if confirm and not is_terminal():
        raise UsageProblem(
            "Nobody can be asked here whose files are whose.",
            next=Hint(
                "Say it: ",
                step("add", Placeholder("FILE"), "--pair", Placeholder("NOTE=FILE")),
                ", or ",
                step("add", Placeholder("FILE"), "--no-pair", Placeholder("NOTE")),
            ),
        )
    if not (paths or choices.refused or confirm):
        raise UsageProblem(
            "There is nothing to add.", next=Hint("As in: ", step("add", Placeholder("EXPORT")))
        )
    sources = look_at_sources(paths or [], chosen, verbose)
    workspace, flags = sources.workspace, Flags(chosen)
    with working_in(workspace, "add", verbose) as log_path:
        added = add_and_show(sources, flags, choices)
        for sheet in sources.sheets:
            bring_in_sheet(sheet, workspace, flags)
        skipped = confirm and confirm_files(workspace, flags)
        library = read_library(workspace.posts)
        if added and (added.found.exports or added.got_files):
            show_all_saved(library, workspace.root)
        if added and added.added.new:
            stories = added.found.exports[-1].stories
            show_not_moved(deleted=library.deleted, stories=stories)
    say(f"Log: {home_short(log_path)}", style="dim")
    facts = read_facts(workspace, None)
    show_next(after_skipped_files(facts) if skipped else next_step(facts), flags)
    raise typer.Exit(3 if library.unreadable else 0)
