"""The preview page of a plan, with what is known of its notes on the account."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import say
from crossover.destinations.open import Target
from crossover.errors import Busy, LedgerError
from crossover.library.posts_file import Library, read_library
from crossover.model.notes import Plan
from crossover.plan.document import read_plan
from crossover.transfer.report.status import Status, status_at, status_of
from crossover.workspace import Workspace, find_workspaces

if TYPE_CHECKING:  # templates and the calendar are slow to load
    from crossover.preview.page_data import PageContents


def write_page(
    plan: Plan, where: Status, workspace: Workspace, target: Target, library: Library | None = None
) -> None:
    """Write the page of this plan, with where its notes stand. `library` is that of the workspace,
    where it was read already. The caller holds the workspace. Raises what `write_preview` raises."""
    from crossover.preview.page import write_preview  # templates are slow to load

    library = library or read_library(workspace.posts)
    write_preview(plan, page_contents(plan, where, workspace, target, library), workspace.preview)


def page_contents(
    plan: Plan, where: Status, workspace: Workspace, target: Target, library: Library
) -> PageContents:
    """Read what the page of a plan shows beside it: the posts, and when the notes go out."""
    from crossover.preview.contents import read_contents

    flags = flags_to(workspace)
    return read_contents(
        plan, where, workspace, target, library, placed=lambda text: placed(text, flags)
    )


def flags_to(workspace: Workspace) -> Flags:
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
        write_page(plan, where_of(plan, target), workspace, target)


def where_of(plan: Plan, target: Target) -> Status:
    """Find where the notes of the plan stand; as if nothing was sent where the ledger cannot be
    read: a plan can be looked at without it."""
    with suppress(LedgerError):
        return status_at(plan, target)
    return status_of(plan, {})
