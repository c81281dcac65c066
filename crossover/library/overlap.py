"""Keeps a workspace apart from the folders that are given: nothing is written into an export, and
no file of the workspace is taken for one of the creator's."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.exports.read import is_export
from crossover.library.removal import FOLDER as UNPAIRED


def check_apart(given: Iterable[Path], root: Path) -> None:
    """Refuse given folders that the workspace in `root` is or lies in, or that lie in it. A folder
    that holds no export may be around the workspace: `gather` leaves that out. Files may lie
    anywhere. Raises `UsageProblem`."""
    for folder in filter(Path.is_dir, given):
        if _lies_in(folder, root / UNPAIRED):
            continue
        if _lies_in(folder, root):
            raise UsageProblem(
                f"{folder} is, or lies in, the folder of the workspace: {root}.",
                next="Choose another workspace with -w DIR, or name the files that you mean.",
            )
        if _lies_in(root, folder) and is_export(folder):
            raise UsageProblem(
                f"The workspace {root} would lie in the export {folder}.",
                next="Choose another workspace with -w DIR, or name the ZIP or file with the posts.",
            )


def _lies_in(inner: Path, outer: Path) -> bool:
    """Whether `inner` is `outer` or lies in it, by whatever names: links are followed, and the disk
    tells whether upper case counts."""
    inner = inner.resolve()
    for place in (inner, *inner.parents):
        with suppress(OSError):  # one of them is not there
            if place.samefile(outer):
                return True
    return False
