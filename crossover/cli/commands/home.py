"""Bare `crossover`: where am I, and the one next command."""

from __future__ import annotations

import re
from pathlib import Path

from crossover.cli.view.questions import count_questions
from crossover.cli.view.screen import count, home_short, say, say_next, say_points
from crossover.cli.view.status import show_head, show_needs, show_sums
from crossover.errors import PlanOutOfDate
from crossover.guide.flags import again_flags
from crossover.guide.next_step import next_command
from crossover.library.downloads import fetchable_posts
from crossover.library.posts_file import read_library
from crossover.transfer.report.status import current_status
from crossover.workspace import Workspace, find_workspace, find_workspaces

_EXPORT = re.compile(r"(?i)(tiktok_data_\d+.*\.zip|user_data(_tiktok)?.*\.json)")

HOW_TO_GET_ONE = (
    "In the TikTok app: Settings and privacy > Account > Download your data.",
    "Tick Posts and Profile, choose JSON, and request it. It takes minutes to days.",
    "Download it as soon as it is ready: its links to your pictures live 4 days, to videos 10.",
)


def where_am_i(chosen: Path | None, home: Path) -> None:
    """Tell the state of the workspace, or how to begin."""
    if chosen is None and not (places := find_workspaces(home)):
        _begin(home)
        return
    if chosen is None and len(places) > 1:
        say("You have several moves:")
        say_points(home_short(place.root) for place in places)
        say_next(f"crossover -w {home_short(places[0].root)}")
        return
    _tell(find_workspace(chosen, home), chosen)


def _tell(place: Workspace, chosen: Path | None) -> None:
    library = read_library(place.posts)
    show_head(library, place)
    if not library.posts:
        say_next("crossover add EXPORT" + again_flags(chosen))
        return
    if waiting := fetchable_posts(place):
        again = f"crossover fetch{again_flags(chosen)}"
        say(f"{count(waiting, 'post')} without files that can still be fetched ({again})")
    count_questions(library)
    try:
        status = current_status(place, None)
    except PlanOutOfDate:
        say("Not planned yet.")
        say_next("crossover plan" + again_flags(chosen))
        return
    show_sums(status)
    show_needs(status, chosen, None)
    say_next(next_command(status, chosen, None, listed=library.listed))


def _begin(home: Path) -> None:
    found = find_exports(home / "Downloads")
    if found:
        say("A TikTok export lies in your Downloads:")
        say_points(path.name for path in found[:3])
        say_next(f'crossover migrate "{home_short(found[0])}"')
        return
    say("crossover moves your TikTok posts to RedNote. It begins with the export TikTok gives you:")
    say_points(HOW_TO_GET_ONE)
    say_next("crossover migrate EXPORT    (to the practice account; nothing leaves your computer)")


def find_exports(downloads: Path) -> list[Path]:
    """What looks like an export in the Downloads folder, newest first. By name only."""
    if not downloads.is_dir():
        return []
    found = [path for path in downloads.iterdir() if _EXPORT.fullmatch(path.name)]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
