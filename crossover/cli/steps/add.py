"""Look at what the creator named, and add it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from crossover.cli.run import logged
from crossover.cli.view.added import adding, show_added
from crossover.cli.view.file_questions import ask_files
from crossover.cli.view.next_step import Flags
from crossover.library.add import AddResult, Sources, add_sources, find_sources
from crossover.library.originals.sitting import open_sitting, refuse_files_asked, take_files
from crossover.library.posts_file import read_library
from crossover.media.likeness.fingerprint_cache import FingerprintCache
from crossover.settings.answers import NO_FILE_CHOICES, FileChoices
from crossover.sheet.formats import recognises
from crossover.workspace import Workspace, logs_without_workspace


def look_at_sources(paths: Sequence[Path], chosen: Path | None, verbose: int) -> Sources:
    """Look at what lies at the paths. `chosen` is the workspace that was named. Raises what
    `find_sources` raises."""
    with logged(logs_without_workspace(), "add", verbose), adding() as progress:
        return find_sources(paths, chosen, Path.home(), is_sheet=recognises, progress=progress)


def add_and_show(
    sources: Sources, flags: Flags, choices: FileChoices = NO_FILE_CHOICES
) -> AddResult | None:
    """Add the sources to their workspace, which the caller holds; None where that is nothing.
    Raises what `add_sources` raises."""
    with adding() as progress:
        added = add_sources(sources, progress, choices)
    if added:
        show_added(added, flags)
    return added


def confirm_files(workspace: Workspace, flags: Flags) -> bool:
    """Ask whose the files are that wait in a workspace, which the caller holds; true where the
    creator put all of that off."""
    sitting = open_sitting(workspace, read_library(workspace.posts), datetime.now(UTC))
    with FingerprintCache(workspace.fingerprints) as fingerprints:
        take = partial(take_files, fingerprints)
        return ask_files(sitting, take, refuse_files_asked, flags)
