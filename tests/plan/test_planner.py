"""A plan made in a workspace: it knows what went out to the account."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.accounts.ledger.open import open_ledger
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, write_library
from crossover.model.account import Receipt, SiteName
from crossover.model.carried import Carried
from crossover.model.choices import Action, Edit
from crossover.plan import planner
from crossover.plan.planner import Planner
from crossover.workspace import Workspace
from tests.makers import ACCOUNT, MARKER, edited, fitted, plan, post


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """Of a post of 20 pictures, 18 of which went out as one note, and of another post."""
    (before,) = plan(post(1, pictures=18)).notes
    library = Library(handle="mara", posts=(post(1, pictures=20), post(2)))
    monkeypatch.setattr(planner, "fit_media", lambda *_: fitted(library))
    workspace = Workspace(tmp_path)
    write_library(workspace.posts, library)
    workspace.practice.mkdir()
    with open_ledger(workspace.practice / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        cut = (tuple(file.sha256 for file in before.media),)
        ledger.started(before, MARKER, Carried(before.description, None, cut))
        ledger.posted(before, Receipt("1", None, "the answer"))
    target = Target("rehearsal", SiteName.REHEARSAL, workspace.practice)
    return Planner(workspace, target, lambda *_: None)


def test_what_went_out_keeps_its_cut_in_the_plan_and_in_the_sheet(made: Planner) -> None:
    notes = made.plan(edited()).notes
    assert [(n.number, len(n.media), n.action) for n in notes] == [
        ("1.1", 18, Action.MOVE),
        ("1.2", 2, Action.HOLD),
        ("2", 1, Action.MOVE),
    ]
    assert made.notes(edited()) == notes


def test_notes_mapped_again_are_those_of_a_new_plan(made: Planner) -> None:
    moved = edited(n1_2=Edit(action=Action.MOVE))
    again = made.map_again(made.notes(edited()), moved, {post(1).id})
    assert again == made.plan(moved).notes
    assert again[1].action is Action.MOVE
