"""What the next step depends on, read from a workspace."""

from __future__ import annotations

from pathlib import Path

from crossover.guide.facts import facts_of
from crossover.guide.next_step import next_step
from crossover.library.posts_file import Library
from crossover.model.carried import Carried
from crossover.model.notes import Note, State
from crossover.model.posts import Post
from crossover.transfer.report.status import status_of
from crossover.workspace import Workspace
from tests.makers import entry, plan, post


def after(workspace: Path, item: Post, sent: tuple[Note, ...]) -> str:
    """The command that comes next once these notes of the post went out."""
    cut = tuple(tuple(file.sha256 for file in note.media) for note in sent)
    rows = {
        note.key: entry(
            *note.key, State.POSTED, title=note.title, carried=Carried(note.description, None, cut)
        )
        for note in sent
    }
    made, library = plan(item), Library(handle="mara", posts=(item,))
    status = status_of(made, rows)
    return next_step(facts_of(Workspace(workspace), library, made, status)).command


def test_a_plan_that_does_not_know_what_went_out_is_made_anew(tmp_path: Path) -> None:
    few, more = post(1, pictures=5), post(1, pictures=12)
    assert after(tmp_path, more, plan(few).notes) == "plan"
    assert after(tmp_path, more, plan(more).notes) == "preview"
