"""`crossover fetch`: the files behind the export's links, before the links die."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import typer

from crossover.cli.interrupts import stoppable
from crossover.cli.options import (
    JsonOption,
    MediaHostOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import working_in
from crossover.cli.view.downloads import (
    download_screen,
    show_all_saved,
    show_deadlines,
    show_fetched,
)
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.not_moved import show_not_moved
from crossover.cli.view.screen import (
    count,
    data,
    home_short,
    needs_stdout,
    say,
)
from crossover.cli.view.status import show_head
from crossover.errors import Interrupted, RetryLater
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.library.downloads import Fetched, fetch_files
from crossover.library.link_survey import survey
from crossover.library.posts_file import read_library
from crossover.media.download.addresses import parse_extra_host
from crossover.media.download.outcomes import LinkState
from crossover.storage.documents import to_json
from crossover.workspace import find_workspace


def fetch(
    chosen: WorkspaceOption = None,
    media_host: MediaHostOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Download what the export links to, before the links die. The same command goes on."""
    if as_json:
        needs_stdout()
    extra_host = parse_extra_host(media_host) if media_host else None
    workspace = find_workspace(chosen, Path.home())
    with stoppable() as stop, working_in(workspace, "fetch", verbose) as log_path:
        if not as_json:
            library = read_library(workspace.posts)
            show_head(library, workspace)
            show_deadlines(survey(library, workspace.root, datetime.now(UTC)))
        with nullcontext() if as_json else download_screen() as progress:
            done = fetch_files(workspace, extra_host, stop, anew=True, progress=progress)
        if as_json:
            data(to_json(_document(done)))
        else:
            show_fetched(done)
            if done.is_complete:
                show_all_saved(done.library, workspace.root)
                if done.received and not done.posts_without_files:
                    show_not_moved(deleted=done.library.deleted)
        if done.early is not None:
            raise done.early
    if not as_json:
        say(f"Log: {home_short(log_path)}", style="dim")
    if done.waiting:
        raise RetryLater(
            f"{count(done.waiting, 'file')} could not be fetched now.",
            next="Free some space and run the same command again; what came is kept."
            if done.no_room
            else "Run the same command again later; what came is kept.",
        )
    if not as_json:
        show_next(next_step(read_facts(workspace, None)), Flags(chosen))
    raise typer.Exit(3 if done.failed else 0)


def _document(done: Fetched) -> dict[str, object]:
    ended = "retry" if done.waiting or isinstance(done.early, RetryLater) else "done"
    ended = "stopped" if isinstance(done.early, Interrupted) else ended
    error = done.early.id if done.early else RetryLater.id if done.waiting else None
    states = Counter(link.state for link in done.links)
    return {
        "found": len(done.links),
        "states": {str(state): states[state] for state in LinkState},
        "received_bytes": done.received,
        "free_bytes": done.free,
        "ended": ended,
        "error": error,
        "posts_without_files": done.posts_without_files,
        "links": done.links,
    }
