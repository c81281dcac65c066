"""`crossover plan`: what every post will become. Offline, no login: the dry run."""

from __future__ import annotations

from pathlib import Path

import typer

from crossover.cli.options import (
    JsonOption,
    RehearsalOption,
    ToOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import working_in
from crossover.cli.steps.plan import make_plan_and_preview
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.plan import show_plan
from crossover.cli.view.screen import (
    data,
    home_short,
    needs_stdout,
    say,
)
from crossover.destinations.open import open_target
from crossover.guide.facts import read_facts
from crossover.guide.next_step import next_step
from crossover.storage.documents import to_json
from crossover.workspace import find_workspace


def plan(
    chosen: WorkspaceOption = None,
    to: ToOption = "rehearsal",
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Show what every post will become, and write it down. Sends nothing."""
    if as_json:
        needs_stdout()
    workspace = find_workspace(chosen, Path.home())
    target = open_target(to, workspace.practice, rehearsal)
    with working_in(workspace, "plan", verbose) as log_path:
        made, where = make_plan_and_preview(workspace, target)
    if as_json:
        data(to_json(made))
    else:
        flags = Flags(chosen, rehearsal)
        show_plan(made, where, workspace, flags)
        say(f"Log: {home_short(log_path)}", style="dim")
        show_next(next_step(read_facts(workspace, rehearsal)), flags)
    raise typer.Exit(3 if made.unreadable else 0)
