"""The preview page of a plan, with what is known of its notes on the account."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import say
from crossover.destinations.open import Target
from crossover.errors import Busy, LedgerError
from crossover.model.notes import Plan
from crossover.plan.document import read_plan
from crossover.transfer.report.status import Status, status_at, status_of
from crossover.workspace import Workspace, find_workspaces


def write_page(plan: Plan, where: Status, workspace: Workspace) -> None:
    """Write the page of this plan, with where its notes stand. The caller holds the workspace.
    Raises what `write_preview` raises."""
    from crossover.preview.page import write_preview  # templates are slow to load

    flags = _flags_to(workspace)
    write_preview(
        plan,
        where,
        workspace.preview,
        placed=lambda text: placed(text, flags),
    )


def _flags_to(workspace: Workspace) -> Flags:
    """The page outlives the run and is read from anywhere: its commands name the workspace, unless
    they find it by themselves."""
    root = workspace.root.resolve()
    found = [one.root.resolve() for one in find_workspaces(Path.home())]
    return Flags() if found == [root] else Flags(root)


def refresh_page(plan: Plan, workspace: Workspace, target: Target) -> None:
    """Make the page anew where it is of another plan, or something became known since. Raises
    `Busy` where another run holds the workspace, if the page is of another plan."""
    from crossover.preview.page import shows_plan  # templates are slow to load

    where = where_of(plan, target)
    if shows_plan(workspace.preview, plan, where):
        return
    of_this_plan = shows_plan(workspace.preview, plan)
    # Under the lock: the run that takes it next would remove a page in the making. A run that sends
    # notes makes the page itself at its end.
    with suppress(Busy) if of_this_plan else nullcontext(), workspace.hold("crossover preview"):
        if workspace.preview.exists() and not of_this_plan:
            say("The page was not of this plan, so it was made anew.")
        plan = read_plan(workspace.plan)
        write_page(plan, where_of(plan, target), workspace)


def where_of(plan: Plan, target: Target) -> Status:
    """Find where the notes of the plan stand; as if nothing was sent where the ledger cannot be
    read: a plan can be looked at without it."""
    with suppress(LedgerError):
        return status_at(plan, target)
    return status_of(plan, {})
