"""Ask for a read of the creator's public page, and read it."""

from __future__ import annotations

from datetime import UTC, datetime

from crossover.captions.ytdlp import list_page
from crossover.cli.interrupts import stoppable
from crossover.cli.view.captions import (
    confirm_gone,
    confirm_read,
    listing_screen,
    show_gone,
    show_offer,
    show_page,
)
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import console, is_terminal, say
from crossover.errors import CrossoverError, Interrupted, NoTikTokPage
from crossover.library.page_captions import add_page, posts_on_page
from crossover.library.posts_file import read_library
from crossover.library.tiktok_gone import keep_tiktok_gone
from crossover.settings.consent import agree_to_page_read
from crossover.workspace import Workspace


def agree_to_read(workspace: Workspace, handle: str, flags: Flags, *, yes: bool = False) -> bool:
    """Say how the page is read, ask whether it may be, and keep a yes. Raises `UsageProblem` where
    nobody can be asked."""
    if not confirm_read(handle, flags, yes=yes):
        return False
    agree_to_page_read(workspace.agreed, datetime.now(UTC))
    return True


def offer_page(workspace: Workspace, flags: Flags) -> None:
    """Offer to read the page where it may have the captions that posts lack and somebody can be
    asked. What goes wrong is only said: the road goes on without. The caller holds the workspace.
    Raises `Interrupted` when stopped."""
    library = read_library(workspace.posts)
    lacking = posts_on_page(library)
    if not lacking or library.handle is None or not is_terminal():
        return
    show_offer(len(lacking))
    try:
        if agree_to_read(workspace, library.handle, flags):
            read_page(workspace, library.handle, flags)
    except Interrupted:
        raise
    except CrossoverError as exc:
        say(placed(exc.message, flags), placed(exc.next, flags))
    console.print()


def read_page(workspace: Workspace, handle: str, flags: Flags) -> None:
    """Bring in the captions of the page; where there is none, ask whether the account was deleted.
    The caller holds the workspace. Raises what `list_page` raises, and `Interrupted` when
    stopped."""
    try:
        with stoppable() as stop, listing_screen(handle) as seen:
            page = list_page(handle, datetime.now(UTC), seen=seen, stop=stop)
            stopped = stop()
    except NoTikTokPage:
        if not confirm_gone(handle):
            raise
        say_gone(workspace, flags, gone=True)
        return
    show_page(add_page(read_library(workspace.posts), workspace, page), flags)
    if page.trouble is not None:
        raise page.trouble
    if stopped:
        raise Interrupted(
            "Stopped before the end of the list; what was listed is kept.",
            next="The same command reads it again from the beginning.",
        )


def say_gone(workspace: Workspace, flags: Flags, *, gone: bool) -> None:
    """Keep that the account on TikTok is deleted, or there again. The caller holds the
    workspace."""
    keep_tiktok_gone(workspace, datetime.now(UTC) if gone else None)
    show_gone(gone=gone, flags=flags)
