"""Files of notes that were kept back, since they are not those that were planned."""

from __future__ import annotations

from contextlib import suppress

from crossover.model.notes import Note
from crossover.storage.checksums import read_checksums
from crossover.workspace import Workspace


def read_files_again(workspace: Workspace, note: Note) -> None:
    """Read the files of a note that was kept back: one may have changed and kept its size and its
    time, and the next plan would take it for the old one."""
    checksums = read_checksums(workspace.checksums)
    for file in note.files:
        with suppress(OSError):  # what is gone is noticed by every plan
            checksums.read_again(workspace.root / file.path)
    checksums.save(workspace.checksums)
