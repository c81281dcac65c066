"""A sheet that came back, taken into the edits and the files of its workspace.

`read_changes` tells what it would change, so that it can be shown and agreed to; `take_changes`
does it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import read_entries
from crossover.destinations.open import Target
from crossover.errors import UsageProblem
from crossover.library.keep import keep
from crossover.library.update import name_files
from crossover.media.fit.progress import FitProgress
from crossover.model.next_step import Hint, Placeholder, step
from crossover.plan.compiler import number_posts
from crossover.plan.planner import Planner
from crossover.settings.edits import read_edits, write_edits
from crossover.sheet.changes import SheetChanges, find_changes
from crossover.sheet.formats import format_sheet, read_sheet
from crossover.sheet.rows import make_rows
from crossover.storage.atomic import write_atomic
from crossover.workspace import Workspace

log = logging.getLogger(__name__)


CountProgress = Callable[[int, int], None]
"""Told how much of how much is done."""


def write_sheet(file: Path, workspace: Workspace, target: Target, fitted: FitProgress) -> int:
    """Write the words of all notes; how many notes there are. The caller holds the workspace."""
    planner = Planner(workspace, target, fitted)
    edits = read_edits(workspace.edits)
    valid = edits.only_of(number_posts(planner.library))
    rows = make_rows(planner.notes(edits), planner.library, valid, planner.sent)
    write_atomic(file, format_sheet(rows, file))
    log.info("sheet of %d notes", len(rows))
    return len(rows)


def read_changes(
    file: Path,
    workspace: Workspace,
    target: Target,
    *,
    fitted: FitProgress,
    mapped: CountProgress,
) -> SheetChanges:
    """Find what a sheet changes in the workspace, which the caller holds; edits are judged by the
    limits of `target`. Writes nothing.

    Raises `UsageProblem` for a sheet that is not there or cannot be read, and for every mistake in
    it: all of it counts, or none.
    """
    if not file.is_file():
        raise UsageProblem(
            f"There is no file {file}.",
            next=Hint("Write a sheet with ", step("sheet out", Placeholder("FILE")), "."),
        )
    sheet = read_sheet(file)
    planner = Planner(workspace, target, fitted)
    edits = read_edits(workspace.edits)
    return find_changes(
        sheet,
        file,
        edits,
        planner.library,
        planner.notes(edits, mapped),
        planner.map_again,
        workspace.root,
    )


def take_changes(
    changes: SheetChanges, workspace: Workspace, kept: CountProgress
) -> tuple[Path, ...]:
    """Keep what the sheet changes: named files in the workspace, words in edits.yaml. `kept`
    hears of posts whose files are there. Returns the files laid aside, as in `Kept`."""
    laid_aside: tuple[Path, ...] = ()
    if changes.files:
        added = name_files(changes.library, changes.files)
        laid_aside = keep(added, workspace, kept).laid_aside
        log.info("files for %d posts by the sheet", len(changes.files))
    if changes.cells:
        write_edits(changes.edits)
        log.info("%d cells of the sheet changed", len(changes.cells))
    return laid_aside


def find_sent(changes: SheetChanges, target: Target) -> list[str]:
    """Find the changed notes, by number, that may be on the account and stay there as they are."""
    ledger, files = AccountFolder(target.account).ledger, files_by_post(changes.notes)
    entries = read_entries(ledger, changes.library.handle, files)
    return [
        note.number
        for note in changes.notes
        if (entry := entries.get(note.key)) and entry.may_be_there
    ]
