"""`crossover captions`: words from the creator's own public TikTok page, and what is not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from crossover.captions.consent import has_consented, remember_consent
from crossover.captions.questions import Question
from crossover.captions.ytdlp import ListedPage, list_page, parse_handle
from crossover.cli.interrupts import stoppable
from crossover.cli.log import log
from crossover.cli.options import VerboseOption, WorkspaceOption, YesOption
from crossover.cli.run import working_in
from crossover.cli.view.added import show_added
from crossover.cli.view.next_step import Flags, placed, show_next
from crossover.cli.view.progress import progress
from crossover.cli.view.questions import ask
from crossover.cli.view.screen import (
    count,
    home_short,
    is_terminal,
    say,
    say_points,
)
from crossover.errors import Interrupted, UsageProblem
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.library.add import AddResult
from crossover.library.gathering import Gathered
from crossover.library.posts_file import Library, read_library
from crossover.library.settling import lay_aside, settle
from crossover.library.update import add, keep, open_questions
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import Kind, Post, Visibility
from crossover.settings.answers import parse_tiktok_pairs
from crossover.workspace import Workspace, find_workspace

HOW_IT_READS = (
    "crossover adds nothing; yt-dlp itself poses as a browser and answers TikTok's script check;"
    " nothing logs in, a puzzle meant for a person is left to you."
)
_BY_HAND = Hint("Words can also be written by hand: ", step("sheet out", "words.csv"))
_NOT_LISTED = (Visibility.ONLY_ME, Visibility.FRIENDS)


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
    yes: YesOption = False,
    chosen: WorkspaceOption = None,
    verbose: VerboseOption = 0,
) -> None:
    """Get your captions from your public TikTok page.

    Through yt-dlp: crossover adds nothing; yt-dlp itself poses as a browser and answers TikTok's
    script check; nothing logs in, a puzzle meant for a person is left to you. Before the first
    read it asks; --yes is the answer for scripts.

    With --confirm, --pair or --no-pair: settle whose words are whose, offline.
    """
    workspace, flags = find_workspace(chosen, Path.home()), Flags(chosen)
    with working_in(workspace, "captions", verbose) as log_path:
        library = read_library(workspace.posts)
        if not library.posts:
            raise UsageProblem(
                "There are no posts in this workspace.",
                next=Hint("Add your export first: ", step("add", Placeholder("EXPORT"))),
            )
        if confirm or pair or no_pair:
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
            pairs = parse_tiktok_pairs(pair or (), library.handle)
            if pairs or no_pair:
                library = _keep(library, workspace, flags, pairs, no_pair or [], far=far)
            _settle(library, workspace, flags, confirm=confirm)
        else:
            handle = _own_handle(name, library)
            _agree(workspace, handle, flags, yes=yes)
            _fetch(library, workspace, handle, flags)
    say(f"Log: {home_short(log_path)}", style="dim")
    show_next(next_step(read_facts(workspace, None)), flags)


# --- from the page --------------------------------------------------------------------------


def _own_handle(name: str | None, library: Library) -> str:
    own = library.handle
    if name is None and own is None:
        raise UsageProblem(
            "Your export does not tell your TikTok name.",
            next=Hint("Say it: ", step("captions", Placeholder("@name"))),
        )
    handle = parse_handle(name or own or "")
    if own is not None and handle.casefold() != own.casefold():
        raise UsageProblem(
            f"@{handle} is another account: this workspace is of @{own}.",
            next="Leave the name out to read your own page, or name the other workspace with -w DIR.",
        )
    return own or handle


def _agree(workspace: Workspace, handle: str, flags: Flags, *, yes: bool) -> None:
    """Ask before the first read of the page; the yes is kept in the workspace."""
    if has_consented(workspace.agreed):
        return
    say(f"This reads the public page of @{handle} on TikTok through yt-dlp.")
    say(HOW_IT_READS)
    if not yes:
        if not is_terminal():
            raise UsageProblem(
                "The first read of your TikTok page needs a yes, and nobody is there to be asked.",
                next=Hint(
                    "Add --yes; it is asked once. Or bring the words another way: ",
                    step("sheet out", "words.csv"),
                ),
            )
        if not typer.confirm("Read it now?", default=True, err=True):
            say("Nothing was read.", placed(_BY_HAND, flags))
            raise typer.Exit(0)
    remember_consent(workspace.agreed, datetime.now(UTC))


def _fetch(library: Library, workspace: Workspace, handle: str, flags: Flags) -> None:
    say(f"Reading the public page of @{handle} on TikTok through yt-dlp.")
    now = datetime.now(UTC)
    with stoppable() as stop, _counting() as seen:
        page = list_page(handle, now, seen=seen, stop=stop)
        stopped = stop()
    log.info("yt-dlp %s listed %d posts", page.version, len(page.words))
    found = Gathered(words=page.words, wordless=page.wordless)
    added = add(replace(library, listed=True), found)
    kept = keep(added, workspace.root)
    say(f"{count(len(page.words), 'post')} listed by yt-dlp {page.version}")
    show_added(AddResult(found, added, kept), flags)
    _tell_of_lack(kept, page, flags)
    if page.trouble is not None:
        say("The list broke off; what was listed is kept.")
        raise page.trouble
    if stopped:
        raise Interrupted(
            "Stopped before the end of the list; what was listed is kept.",
            next="The same command reads it again from the beginning.",
        )


@contextmanager
def _counting() -> Iterator[Callable[[int], None]]:
    with progress("asking TikTok", text=lambda number: count(int(number), "post")) as shown:
        yield shown.at


def _tell_of_lack(library: Library, page: ListedPage, flags: Flags) -> None:
    """How many posts have words, and why the others may have none."""
    lacking = [post for post in library.posts if post.in_question or not post.text]
    have = len(library.posts) - len(lacking)
    say(f"{have:,} of {count(len(library.posts), 'post')} have captions.")
    listed = {words.tiktok_id for words in page.words}
    asked, rest = _parted(lacking, lambda post: post.in_question)
    empty, rest = _parted(rest, lambda post: post.tiktok_id in listed)
    hidden, rest = _parted(rest, lambda post: post.visibility in _NOT_LISTED)
    photos, others = _parted(rest, lambda post: post.kind is Kind.PHOTOS)
    say_points(
        f"{len(some):,} {why}"
        for some, why in (
            (asked, "not sure: several captions come into question"),
            (empty, "listed, without a caption"),
            (hidden, "not public: TikTok lists only what everybody may see"),
            (photos, "with photos, not listed; yt-dlp may not see all of them"),
            (others, "not listed"),
        )
        if some
    )
    if hidden or rest:
        say_points([placed(_BY_HAND, flags)], style="dim")


def _parted(posts: list[Post], belongs: Callable[[Post], bool]) -> tuple[list[Post], list[Post]]:
    """Those that do, and the rest."""
    return [p for p in posts if belongs(p)], [p for p in posts if not belongs(p)]


# --- settling -------------------------------------------------------------------------------


def _settle(library: Library, workspace: Workspace, flags: Flags, *, confirm: bool) -> None:
    if confirm:

        def settle_one(some: dict[int, str], none: list[int]) -> tuple[Question, ...]:
            nonlocal library
            library = _keep(library, workspace, flags, some, none)
            return open_questions(library)

        ask(open_questions(library), settle_one, flags)
    left = open_questions(library)
    say(f"Still not sure: {count(len(left), 'post')}" if left else "Nothing else is open.")


def _keep(
    library: Library,
    workspace: Workspace,
    flags: Flags,
    pairs: dict[int, str],
    refused: list[int],
    *,
    far: bool = False,
) -> Library:
    added = settle(library, pairs, refused, far=far)
    aside = lay_aside(library, added.library, workspace.root)
    kept = keep(added, workspace.root)
    before = {post.id: post for post in library.posts}
    for post in kept.posts:
        was = before[post.id]
        if (post.tiktok_id, post.text, post.not_tiktok_ids) == (
            was.tiktok_id,
            was.text,
            was.not_tiktok_ids,
        ):
            continue
        say(f"Post {post.number}:", placed(_outcome(was, post), flags))
    for path in aside:
        say(f"A file came by that id and was laid aside: {home_short(path)}")
    return kept


def _outcome(was: Post, post: Post) -> str:
    if post.tiktok_id is None:
        return f"no longer {was.tiktok_id}" if was.tiktok_id else "none of those in question"
    if post.text:
        return f"has the words of {post.tiktok_id}"
    return Hint(
        f"is {post.tiktok_id}, whose words are not known here; ",
        step("captions"),
        " gets them from your public page",
    )
