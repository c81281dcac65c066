"""`crossover upload`: send the next batch; the same command resumes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crossover.cli.options import (
    BatchOption,
    FaultsOption,
    JsonOption,
    LimitRateOption,
    PartSizeOption,
    RehearsalOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import working_in
from crossover.cli.view.screen import console, count, data, home_short, needs_stdout, say, say_next
from crossover.cli.view.status import show_needs, show_sums
from crossover.destinations.open import destination_site
from crossover.errors import AccountAtRisk, CrossoverError, Interrupted, LoginNeeded, RetryLater
from crossover.guide.flags import again_flags
from crossover.guide.next_step import next_command
from crossover.library.posts_file import read_library
from crossover.model.notes import State
from crossover.storage.documents import to_json_line
from crossover.transfer.report.status import current_status
from crossover.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from crossover.cli.view.uploads import Sent


def upload(
    workspace: WorkspaceOption = None,
    to: ToOption = "rehearsal",
    batch: BatchOption = None,
    limit_rate: LimitRateOption = None,
    part_size: PartSizeOption = None,
    rehearsal: RehearsalOption = None,
    faults: FaultsOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Send the next notes of the plan. Stop it whenever you like: the same command goes on."""
    from crossover.cli.view.uploads import send  # the network parts are slow to load

    if as_json:
        needs_stdout()
    place = find_workspace(workspace, Path.home())
    destination_site(to)
    with (
        _sums_last(place, rehearsal) if as_json else nullcontext(),
        working_in(place, "upload", verbose) as log_path,
    ):
        sent = send(
            place,
            to=to,
            command="upload",
            batch=batch,
            limit_rate=limit_rate,
            part_bytes=part_size,
            rehearsal=rehearsal,
            faults=faults,
            as_json=as_json,
        )
    if not as_json:
        show_end(sent, workspace, rehearsal)
        say(f"Log: {home_short(log_path)}", style="dim")
        listed = read_library(place.posts).listed
        say_next(
            next_command(sent.status, workspace, rehearsal, listed=listed, kept_back=sent.kept_back)
        )
    raise typer.Exit(sent.exit_code)


@contextmanager
def _sums_last(place: Workspace, rehearsal: Path | None) -> Iterator[None]:
    """The last line for programs: every post by state, and how the run ended."""
    try:
        yield
    except BrokenPipeError:  # nobody reads
        raise
    except BaseException as exc:
        # What ended the run is told, also when its sums cannot be.
        with suppress(CrossoverError, OSError):
            _print_sums(place, rehearsal, _ended(exc))
        raise
    _print_sums(place, rehearsal, "done")


def _ended(exc: BaseException) -> str:
    match exc:
        case Interrupted() | KeyboardInterrupt():
            return "stopped"
        case AccountAtRisk():
            return "held"
        case RetryLater():
            return "retry"
        case LoginNeeded():
            return "login"
        case _:
            return "failed"


def _print_sums(place: Workspace, rehearsal: Path | None, ended: str) -> None:
    """All sums are null when the plan or the ledger cannot be read."""
    names = ("found", *State)
    sums = dict.fromkeys(names)
    with suppress(CrossoverError):
        status = current_status(place, rehearsal)
        sums |= {name: getattr(status, name) for name in names}
    data(to_json_line({"event": "sums", "id": None, "state": ended, **sums}))


def show_end(sent: Sent, workspace: Path | None, rehearsal: Path | None) -> None:
    """The sums, what needs a look, and where the practice account can be seen."""
    console.print()
    show_sums(sent.status)
    show_needs(sent.status, workspace, rehearsal)
    if sent.kept_back:
        say(
            f"{count(sent.kept_back, 'note')} kept back;"
            f" `crossover status{again_flags(workspace, rehearsal)}` says why."
        )
    say("Look at your practice account:", home_short(sent.profile))
