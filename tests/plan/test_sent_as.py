"""Pictures that an update of crossover, or a rule, makes otherwise than they went out: they are no
new ones, and what is left of their post goes out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import open_ledger
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, write_library
from crossover.media.fit.fitted import Fitted, FittedPicture
from crossover.media.fit.origins import Origins
from crossover.model.account import Receipt, SiteName
from crossover.model.carried import Carried
from crossover.model.choices import Action
from crossover.model.notes import Plan, State
from crossover.model.posts import MediaKind
from crossover.plan import planner
from crossover.plan.planner import Planner
from crossover.transfer.report.status import status_at
from crossover.transfer.run import transfer
from crossover.workspace import Workspace
from tests.fakes import FakeMemory, FakeSite, warnings_beside
from tests.makers import ACCOUNT, MARKER, edited, fitted, plan, post

LIBRARY = Library(handle="mara", posts=(post(1, pictures=20),))


@pytest.fixture(params=["mara", None], ids=["known handle", "unknown handle"])
def planned(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Plan, Target]:
    """A plan after an update, of a post of two notes, the first of which went out before it."""
    library = replace(LIBRARY, handle=request.param)
    first, _ = (before := plan(*library.posts)).notes
    workspace = Workspace(tmp_path)
    write_library(workspace.posts, library)
    workspace.practice.mkdir()
    Origins(tmp_path).add(_made(library, "-old"))
    with open_ledger(workspace.practice / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        cut = tuple(tuple(f"{f.sha256}-old" for f in note.media) for note in before.notes)
        ledger.started(first, MARKER, Carried(first.description, None, cut))
        ledger.posted(first, Receipt("1", None, "the answer"))
    monkeypatch.setattr(planner, "fit_media", lambda *_: _made(library, "-new"))
    target = Target("rehearsal", SiteName.REHEARSAL, workspace.practice)
    return Planner(workspace, target, lambda *_: None).plan(edited()), target


def _made(library: Library, how: str) -> dict[tuple[str, MediaKind], Fitted]:
    return {
        content: replace(made, sha256=made.sha256 + how)
        for content, made in fitted(library).items()
        if isinstance(made, FittedPicture)
    }


def test_they_are_not_offered_as_new(planned: tuple[Plan, Target]) -> None:
    made, target = planned
    assert [(n.number, len(n.media), n.action) for n in made.notes] == [
        ("1.1", 10, Action.MOVE),
        ("1.2", 10, Action.MOVE),
    ]
    status = status_at(made, target)
    assert [note.state for note in status.notes] == [State.POSTED, State.READY]
    assert not status.cut_anew
    assert not any(note.changed_since for note in status.notes)


def test_the_rest_of_their_post_goes_out_once(planned: tuple[Plan, Target]) -> None:
    made, target = planned
    path, site, memory = target.account / "ledger.sqlite", FakeSite(), FakeMemory()
    with open_ledger(path, ACCOUNT, made.handle, files_by_post(made.notes)) as ledger:
        for _ in range(2):
            warnings = warnings_beside(ledger)
            list(transfer(made, to=site, ledger=ledger, memory=lambda _: memory, warnings=warnings))
    assert [note.number for note in site.notes] == ["1.2"]
