"""The files of a note as they were planned: the browser reads them itself, so they are summed before,
and looked at after."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from crossover.destinations.api.upload.planned_file import open_planned
from crossover.destinations.base import ChangedFile
from crossover.model.notes import Note
from crossover.storage.atomic import BLOCK
from crossover.storage.checksums import file_key

SummedFiles = Mapping[Path, str]
"""Files, and what tells whether one was written to since."""


def sum_files(note: Note, root: Path, check_wish: Callable[[], None]) -> SummedFiles:
    """Sum every file of a note, below `root`. Raises `ChangedFile` for one that is not the planned
    one, and what `check_wish` raises, which is called now and then."""
    summed = dict[Path, str]()
    for file in note.files:
        with open_planned(root, file) as stream:
            key, digest = file_key(os.fstat(stream.fileno())), hashlib.sha256()
            while block := stream.read(BLOCK):
                digest.update(block)
                check_wish()
        if digest.hexdigest() != file.sha256:
            raise ChangedFile(f"the file {file.path} is not the file that was planned")
        summed[root / file.path] = key
    return summed


def check_unchanged(files: SummedFiles) -> None:
    """Check that nothing was written to these files since they were summed. Raises `ChangedFile`."""
    for path, key in files.items():
        try:
            same = file_key(path.stat()) == key
        except OSError:
            same = False
        if not same:
            raise ChangedFile(f"{path.name} was changed while it was uploaded")
