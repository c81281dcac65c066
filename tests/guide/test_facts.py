"""What the next step depends on, read from a workspace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crossover.guide.facts import Facts, facts_of
from crossover.guide.holds import Hold
from crossover.guide.next_step import next_step
from crossover.library.posts_file import Library
from crossover.model.carried import Carried
from crossover.model.notes import Note, State
from crossover.model.posts import Post
from crossover.transfer.report.status import status_of
from crossover.workspace import Workspace
from tests.makers import entry, link, plan, post


def after(workspace: Path, item: Post, sent: tuple[Note, ...]) -> Facts:
    """The facts once these notes of the post went out."""
    cut = tuple(tuple(file.sha256 for file in note.media) for note in sent)
    rows = {
        note.key: entry(
            *note.key, State.POSTED, title=note.title, carried=Carried(note.description, None, cut)
        )
        for note in sent
    }
    made, library = plan(item), Library(handle="mara", posts=(item,))
    status = status_of(made, rows)
    return facts_of(Workspace(workspace), library, made, status)


def test_a_plan_that_does_not_know_what_went_out_is_made_anew(tmp_path: Path) -> None:
    few, more = post(1, pictures=5), post(1, pictures=12)
    assert next_step(after(tmp_path, more, plan(few).notes)).command == "plan"
    assert next_step(after(tmp_path, more, plan(more).notes)).command == "preview"


def test_pictures_that_are_not_here_are_asked_for_although_the_others_went_out(
    tmp_path: Path,
) -> None:
    item = post(1, pictures=2)
    lacking = replace(item, links=(link(), link(), link()))
    assert after(tmp_path, lacking, plan(item).notes).holds == {Hold.FILES_MISSING}
