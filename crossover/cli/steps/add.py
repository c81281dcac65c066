"""Look at what the creator named, and add it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from crossover.cli.run import logged
from crossover.cli.view.added import adding, show_added
from crossover.cli.view.next_step import Flags
from crossover.library.add import AddResult, Sources, add_sources, find_sources
from crossover.settings.answers import NO_FILE_CHOICES, FileChoices
from crossover.sheet.formats import recognises
from crossover.workspace import logs_without_workspace


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
