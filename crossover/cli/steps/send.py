"""Send the next batch of a plan."""

from __future__ import annotations

from contextlib import suppress

from crossover.cli.interrupts import stoppable
from crossover.cli.steps.page import write_page
from crossover.cli.view.practice import errors_in_practice
from crossover.cli.view.uploads import upload_screen
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.plan.document import read_plan
from crossover.transfer.batch import BatchOptions, Sent, send_batch
from crossover.workspace import Workspace


def send_stoppable(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    command: str,
    *,
    as_json: bool = False,
) -> Sent:
    """Send the next notes until the batch ends or the creator stops it; `command` is the one that
    runs. The caller holds the workspace. Raises what `send_batch` raises."""
    with (
        stoppable() as stop,
        errors_in_practice(target.page),
        upload_screen(as_json=as_json) as screen,
    ):
        sent = send_batch(
            workspace, target, options, command=f"crossover {command}", stop=stop, progress=screen
        )
    with suppress(CrossoverError):  # the notes are there all the same; `preview` makes it anew
        write_page(read_plan(workspace.plan), workspace, target)
    return sent
