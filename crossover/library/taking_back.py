"""Takes an answer back: the posts, and the files that wait, are then as they were before it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crossover.errors import UsageProblem
from crossover.library.importing import imported_names
from crossover.library.keep import keep
from crossover.library.originals.candidates import (
    CandidateFile,
    read_candidates,
    read_waiting,
    write_candidates,
)
from crossover.library.originals.waiting import WaitingFiles
from crossover.library.posts_file import Library, read_library
from crossover.library.update import name_files
from crossover.model.next_step import Hint, Placeholder, step
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StateBefore:
    """What an answer changes, as it was before."""

    library: Library
    candidates: tuple[CandidateFile, ...]
    waiting: WaitingFiles


def take_back(workspace: Workspace, before: StateBefore, after: StateBefore) -> None:
    """Put back what was `before` an answer that left it as in `after`. A file that the answer
    brought in is removed as `keep` removes it. The caller holds the workspace.

    Raises `UsageProblem`, and changes nothing, where something else changed since, or where a post
    would get a file back that is not there any more.
    """
    if _read_state(workspace) != after:
        raise UsageProblem(
            "Something else changed since that answer, so it stays.",
            next=Hint(
                "What it gave is taken away by ",
                step("captions", "--no-pair", Placeholder("NOTE")),
                ", or ",
                step("add", "--no-pair", Placeholder("NOTE")),
                ".",
            ),
        )
    lost = [name for name in _returning(before, after) if not (workspace.root / name).is_file()]
    if lost:
        raise UsageProblem(
            f"That answer stays: the file that it replaced, {Path(lost[0]).name}, is not in the"
            " workspace any more.",
            next=Hint("If you have it: ", step("add", Placeholder("FILE"), "--pair", "NOTE=FILE")),
        )
    keep(name_files(before.library, {}), workspace)
    write_candidates(workspace.candidates, before.candidates, before.waiting)


def _read_state(workspace: Workspace) -> StateBefore:
    return StateBefore(
        read_library(workspace.posts),
        read_candidates(workspace.candidates),
        read_waiting(workspace.candidates),
    )


def _returning(before: StateBefore, after: StateBefore) -> list[str]:
    names = imported_names(before.library.posts) - imported_names(after.library.posts)
    return sorted(names)
