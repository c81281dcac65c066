"""`crossover captions`: words from the creator's own public TikTok page, and what is not sure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import VerboseOption, WorkspaceOption, YesOption
from crossover.cli.run import working_in
from crossover.cli.steps.captions import agree_to_read, read_page, say_gone
from crossover.cli.view.captions import show_answers, show_unsure
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.questions import ask
from crossover.cli.view.screen import home_short, is_terminal, say
from crossover.errors import UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.library.caption_answers import keep_answers
from crossover.library.page_captions import choose_handle
from crossover.library.posts_file import Library, read_library
from crossover.model.next_step import Hint, Placeholder, step
from crossover.settings.answers import parse_tiktok_pairs
from crossover.settings.consent import read_consent
from crossover.workspace import Workspace, find_workspace


def captions(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="@NAME",
            help="Your TikTok name. Without it: the one your export tells.",
            show_default=False,
        ),
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Ask about the posts whose words are not sure.")
    ] = False,
    pair: Annotated[
        list[str] | None,
        typer.Option("--pair", metavar="NOTE=ID", help="This post is that one of TikTok's."),
    ] = None,
    no_pair: Annotated[
        list[int] | None,
        typer.Option("--no-pair", metavar="NOTE", help="This post is none of those in question."),
    ] = None,
    far: Annotated[
        bool, typer.Option("--far", help="Pair them although their dates lie far apart.")
    ] = False,
    gone: Annotated[
        bool | None,
        typer.Option(
            "--gone/--not-gone",
            help="Your TikTok account is deleted (or there again): nothing is asked of it.",
            show_default=False,
        ),
    ] = None,
    yes: YesOption = False,
    chosen: WorkspaceOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Get your captions from your public TikTok page.

    Through yt-dlp: crossover adds nothing; yt-dlp itself poses as a browser and answers TikTok's
    script check; nothing logs in, a puzzle meant for a person is left to you. Before the first
    read it asks; --yes is the answer for scripts.

    With --confirm, --pair or --no-pair: settle whose words are whose, offline. With --gone: no
    advice leads to TikTok any more.
    """
    workspace, flags = find_workspace(chosen, Path.home()), Flags(chosen)
    with working_in(workspace, "captions", verbose) as log_path:
        library = _read_posts(workspace)
        if gone is not None:
            _check_gone(name, settles=bool(confirm or pair or no_pair))
            say_gone(workspace, flags, gone=gone)
        elif confirm or pair or no_pair:
            _check_settling(name, confirm=confirm)
            pairs = parse_tiktok_pairs(pair or (), library.handle)
            before = library
            if pairs or no_pair:
                library = _answer(workspace, flags, library, pairs, no_pair or (), far=far)
            if confirm:
                library = ask(library, partial(_answer, workspace, flags), flags)
            show_unsure(library, answered=library is not before)
        else:
            handle = choose_handle(name, library)
            known = read_consent(workspace.agreed).page_read
            if not (known or agree_to_read(workspace, handle, flags, yes=yes)):
                raise typer.Exit(0)
            read_page(workspace, handle, flags)
    say(f"Log: {home_short(log_path)}", style="dim")
    show_next(next_step(read_facts(workspace, None)), flags)


def _read_posts(workspace: Workspace) -> Library:
    library = read_library(workspace.posts)
    if not library.posts:
        raise UsageProblem(
            "There are no posts in this workspace.",
            next=Hint("Add your export first: ", step("add", Placeholder("EXPORT"))),
        )
    return library


def _check_settling(name: str | None, *, confirm: bool) -> None:
    if name is not None:
        raise UsageProblem(
            "Getting captions and settling them are two steps.",
            next=Hint("First: ", step("captions", name)),
        )
    if confirm and not is_terminal():
        raise UsageProblem(
            "Nobody can be asked here whose captions are whose.",
            next=Hint(
                "Say it: ",
                step("captions", "--pair", Placeholder("NOTE=ID")),
                ", or ",
                step("captions", "--no-pair", Placeholder("NOTE")),
            ),
        )


def _check_gone(name: str | None, *, settles: bool) -> None:
    if name is not None or settles:
        raise UsageProblem(
            "Whether your TikTok account is there is said by itself.",
            next=Hint("As in: ", step("captions", "--gone")),
        )


def _answer(
    workspace: Workspace,
    flags: Flags,
    library: Library,
    pairs: Mapping[int, str],
    refused: Collection[int],
    *,
    far: bool = False,
) -> Library:
    result = keep_answers(library, workspace, pairs, refused, far=far)
    show_answers(result, flags)
    return result.library
