"""A file that changed in a way that nothing shows: found out when it is sent, and a way on from
there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from crossover.library.posts_file import read_library
from crossover.plan.document import read_plan
from crossover.workspace import Workspace
from tests.road.conftest import FEW, Run, kept


def next_command(screen: str) -> str:
    return str(re.findall(r"^Next:  crossover (\w+)", screen, re.MULTILINE)[-1])


def changed_unseen(path: Path) -> bytes:
    """Other bytes, as many, with the time of the former ones, which are returned."""
    before, stat = path.read_bytes(), path.stat()
    path.unlink()  # the file given may be the same one
    path.write_bytes(before[:-1] + bytes([before[-1] ^ 1]))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return before


def planned_file(root: Path, folder: str) -> Path:
    plan = read_plan(Workspace(root).plan)
    return root / next(
        file.path for note in plan.notes for file in note.files if file.path.startswith(folder)
    )


def given_name(root: Path, path: Path) -> str:
    posts = read_library(Workspace(root).posts).posts
    return next(f.source for post in posts for f in post.media if root / f.path == path)


@pytest.mark.parametrize("folder", ["media/", pytest.param("ready/", marks=pytest.mark.complete)])
def test_it_is_kept_back_and_the_next_plan_notices(run: Run, few: Path, folder: str) -> None:
    path = planned_file(few, folder)
    before = changed_unseen(path)
    ended = run("upload", "-w", few)
    assert (ended.code, next_command(ended.said)) == (3, "plan")
    assert len(kept(few / "rehearsal")) == FEW - 1
    assert next_command(run("-w", few).said) == "plan"
    assert next_command(run("status", "-w", few).said) == "plan"
    said = run("plan", "-w", few).said
    if folder == "media/":
        assert "was changed after it was added; add it again" in said
        copy = few.parent / "own" / given_name(few, path)
        copy.parent.mkdir()
        copy.write_bytes(before)
        assert run("add", copy.parent, "-w", few).code == 0
        assert path.read_bytes() == before
        said = run("plan", "-w", few).said
    assert next_command(said) == "upload"
    assert run("upload", "-w", few).code == 0
    assert len(kept(few / "rehearsal")) == FEW
