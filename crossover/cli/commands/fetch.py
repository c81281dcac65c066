"""`crossover fetch`: the files behind the export's links, before the links die."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from crossover.cli.interrupts import stoppable
from crossover.cli.options import (
    JsonOption,
    MediaHostOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import working_in
from crossover.cli.view.dates import day_and_time, how_far
from crossover.cli.view.screen import (
    console,
    count,
    data,
    home_short,
    needs_stdout,
    numbers_text,
    say,
    say_next,
    say_points,
)
from crossover.cli.view.status import show_head
from crossover.errors import Interrupted, RetryLater
from crossover.guide.flags import again_flags
from crossover.library.downloads import survey_links
from crossover.library.link_survey import (
    Line,
    has_originals,
    survey,
    unfinished,
    without_files,
)
from crossover.library.posts_file import read_library
from crossover.media.download.addresses import ByHand, parse_by_hand
from crossover.media.download.outcomes import STATE_WORDS, LinkState
from crossover.media.probe import MP4
from crossover.storage.documents import to_json
from crossover.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from crossover.cli.view.downloads import Fetched

_GOOD = (LinkState.FETCHED, LinkState.PRESENT, LinkState.OWN)


def fetch(
    workspace: WorkspaceOption = None,
    media_host: MediaHostOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Download what the export links to, before the links die. The same command goes on."""
    if as_json:
        needs_stdout()
    by_hand = parse_by_hand(media_host) if media_host else None
    place = find_workspace(workspace, Path.home())
    with stoppable() as stop, working_in(place, "fetch", verbose) as log_path:
        from crossover.cli.view.downloads import fetch_files  # the network parts are slow to load

        if not as_json:
            library = read_library(place.posts)
            show_head(library, place)
            show_deadlines(survey(library, place.root, datetime.now(UTC)))
        done = fetch_files(place, by_hand, stop, anew=True, quiet=as_json)
        if as_json:
            data(to_json(_document(done)))
        else:
            show_fetched(done)
        if done.early is not None:
            raise done.early
    if not as_json:
        say(f"Log: {home_short(log_path)}", style="dim")
        _say_what_next(done, workspace)
    if done.waiting:
        raise RetryLater(
            f"{count(done.waiting, 'file')} could not be fetched now.",
            next="Free some space and run the same command again; what came is kept."
            if done.no_room
            else "Run the same command again later; what came is kept.",
        )
    raise typer.Exit(3 if done.failed else 0)


def fetch_on_the_way(place: Workspace, by_hand: ByHand | None) -> bool:
    """Fetch for `migrate`, where links are alive. True when something of it did not come.

    Raises `Interrupted` when stopped and `RetryLater` on a full disk. A dead network is only
    said: what needs no fetching goes on.
    """
    library = read_library(place.posts)
    # Who names a host expects it to be tried.
    anew = by_hand is not None
    lines = survey_links(library, place, anew=anew)
    if not unfinished(library, lines) and all(line.known for line in lines):
        bare = without_files(library)
        if lines and bare:
            say("The links of this export lead to no more files.", style="dim")
            say(f"Posts without a file of yours: {numbers_text(bare)}", style="dim")
            console.print()
        return False
    with stoppable() as stop:
        from crossover.cli.view.downloads import fetch_files

        show_deadlines(lines)
        done = fetch_files(place, by_hand, stop, anew=anew, quiet=False)
    show_fetched(done)
    console.print()
    if done.early is not None:
        raise done.early
    return bool(done.failed or done.waiting)


# --- before ---------------------------------------------------------------------------------


def show_deadlines(lines: Sequence[Line]) -> None:
    """Which links die when, or that none is left to fetch."""
    now = datetime.now(UTC)
    if not lines:
        say("The posts have no links to files.")
        return
    dead = [line for line in lines if line.known and line.known.state is LinkState.EXPIRED]
    if dead:
        say(f"{count(len(dead), 'link')} died already.")
    live = [line for line in lines if line.known is None]
    for what, some in (
        ("video", [x for x in live if MP4 in x.wanted.kinds]),
        ("picture", [x for x in live if MP4 not in x.wanted.kinds and not x.is_cover]),
        ("cover", [x for x in live if x.is_cover]),
    ):
        if some:
            ends = [line.wanted.expires for line in some if line.wanted.expires]
            when = _first_end(min(ends), now) if ends else "no date is known"
            say_points([f"{count(len(some), what)}: {when}"])
    if not live:
        say("There is nothing to fetch.")


def _first_end(moment: datetime, now: datetime) -> str:
    return f"the first link dies {how_far(moment, now)} ({day_and_time(moment, now)})"


# --- after ----------------------------------------------------------------------------------


def show_fetched(done: Fetched) -> None:
    """Every link once, by state, with its posts; then what is wrong, and what to do."""
    if done.links:
        console.print()
        _show_links(done)
    if done.bare:
        verb = "lacks" if len(done.bare) == 1 else "lack"
        say(f"{count(len(done.bare), 'post')} still {verb} files: {numbers_text(done.bare)}")


def _show_links(done: Fetched) -> None:
    sums = Counter(link.state for link in done.links)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    for state, word in STATE_WORDS.items():
        if sums[state]:
            table.add_row(f"{sums[state]:,}", word)
    table.add_row(Text(f"{len(done.links):,}", style="bold"), Text("links", style="bold"))
    console.print(table)
    own = {post.number for post in done.library.posts if has_originals(post)}
    reasons: dict[tuple[bool, str], list[int]] = {}
    for link in done.links:
        if link.state not in _GOOD and link.number not in own:
            reasons.setdefault((link.cover, link.reason), []).append(link.number)
    for (cover, reason), numbers in sorted(reasons.items()):
        what = ("cover of " if cover else "") + ("post" if len(set(numbers)) == 1 else "posts")
        say_points([f"{what} {numbers_text(numbers)}: {reason}"])
    received = f"{decimal(done.received)} received, " if done.received else ""
    say(f"{received}{decimal(done.free)} free on the disk.", style="dim")


def _say_what_next(done: Fetched, workspace: Path | None) -> None:
    if done.waiting:
        return  # the error that follows says it
    if done.bare and not any(post.media for post in done.library.posts):
        say("Ask TikTok for a new export (free), or use your own files:")
        say_next("crossover add EXPORT-OR-FOLDER" + again_flags(workspace))
    else:
        say_next("crossover plan" + again_flags(workspace))


def _document(done: Fetched) -> dict[str, object]:
    ended = {Interrupted: "stopped", RetryLater: "retry"}.get(type(done.early), "done")  # type: ignore[arg-type]
    sums = Counter(link.state for link in done.links)
    return {
        "found": len(done.links),
        "states": {str(state): sums[state] for state in LinkState},
        "received_bytes": done.received,
        "free_bytes": done.free,
        "ended": "retry" if ended == "done" and done.waiting else ended,
        "posts_without_files": done.bare,
        "links": done.links,
    }
