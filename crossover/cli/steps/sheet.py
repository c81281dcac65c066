"""Bring a sheet back in: read, show, ask where more people would see a note, take."""

from __future__ import annotations

from pathlib import Path

from crossover.cli.view.laid_aside import show_laid_aside
from crossover.cli.view.next_step import Flags
from crossover.cli.view.progress import fitting, progress
from crossover.cli.view.screen import say
from crossover.cli.view.sheet import (
    confirm_wider,
    show_changes,
    show_named_files,
    show_sent,
    show_taken,
)
from crossover.destinations.open import Target
from crossover.plan.target import planned_target
from crossover.sheet.changes import SheetChanges
from crossover.sheet.take import find_sent, read_changes, take_changes
from crossover.workspace import Workspace


def bring_in_sheet(file: Path, workspace: Workspace, flags: Flags, *, wider: bool = False) -> bool:
    """Take a sheet into the workspace, which the caller holds; false when it changes nothing.
    `wider`: the creator agrees that notes become visible to more people. Raises what `read_changes` and `take_changes` raise, and
    `UsageProblem` where nothing is taken."""
    changes = show_sheet(file, workspace, flags)
    if not changes:
        return False
    if changes.wider and not wider:
        confirm_wider(changes.wider, file)
    with progress("putting files into the workspace") as shown:
        laid_aside = take_changes(changes, workspace, shown.at)
    show_taken(changes, workspace)
    show_laid_aside(laid_aside)
    return True


def show_sheet(file: Path, workspace: Workspace, flags: Flags) -> SheetChanges:
    """Show what a sheet changes. The caller holds the workspace. Raises what `read_changes`
    raises."""
    target = planned_target(workspace)
    changes = read_unseen(file, workspace, target)
    show_changes(changes, file, flags)
    show_named_files(changes)
    show_sent(find_sent(changes, target))
    if not changes:
        say("It changes nothing.")
    return changes


def read_unseen(file: Path, workspace: Workspace, target: Target) -> SheetChanges:
    """Find what a sheet changes and show nothing but how far that is. Raises what `read_changes`
    raises."""
    with progress("checking files") as shown:
        return read_changes(
            file,
            workspace,
            target,
            fitted=fitting(shown),
            mapped=shown.stage("comparing the sheet"),
        )
