"""`crossover upload`: send the next batch; the same command resumes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from crossover.cli.options import (
    BatchOption,
    FaultsOption,
    JsonOption,
    LimitRateOption,
    RehearsalOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
    where_flag,
)
from crossover.cli.run import destination_site, working_in
from crossover.cli.screen import console, data, home_short, say, say_next
from crossover.cli.status import next_command, show_needs, show_sums
from crossover.files import to_json_line
from crossover.model import State
from crossover.workspace import find_workspace

if TYPE_CHECKING:
    from crossover.cli.sending import Sent


def upload(
    workspace: WorkspaceOption = None,
    to: ToOption = "rehearsal",
    batch: BatchOption = None,
    limit_rate: LimitRateOption = None,
    rehearsal: RehearsalOption = None,
    faults: FaultsOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Send the next notes of the plan. Stop it whenever you like: the same command goes on."""
    from crossover.cli.sending import send  # the network parts are slow to load

    place = find_workspace(workspace, Path.home())
    destination_site(to)
    with working_in(place, "upload", verbose) as log_path:
        sent = send(
            place,
            to=to,
            command="upload",
            batch=batch,
            limit_rate=limit_rate,
            rehearsal=rehearsal,
            faults=faults,
            as_json=as_json,
        )
    if as_json:
        sums = {state: getattr(sent.status, state) for state in State}
        data(
            to_json_line(
                {"event": "sums", "id": None, "state": "done", "found": sent.status.found, **sums}
            )
        )
    else:
        show_end(sent)
        say(f"Log: {home_short(log_path)}", style="dim")
        say_next(next_command(sent.status) + where_flag(workspace))
    raise typer.Exit(sent.exit_code)


def show_end(sent: Sent) -> None:
    """The sums, what needs a look, and where the practice account can be seen."""
    console.print()
    show_sums(sent.status)
    show_needs(sent.status)
    if sent.kept_back:
        say("Some notes were kept back; `crossover status` says why.")
    say("Look at your practice account:", sent.profile)
