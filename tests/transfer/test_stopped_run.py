"""A run that was cut off is told of by the next one, once, and by what it left on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossover.destinations.open import PRACTICE, Target
from crossover.errors import Interrupted
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.model.notes import State
from crossover.plan.document import write_plan
from crossover.transfer.batch import BatchOptions, BatchProgress, send_batch
from crossover.transfer.stopped_run import StoppedRun
from crossover.workspace import Workspace
from tests.fakes import Died, FakeSite, stand_in_for_practice
from tests.makers import plan, post

POSTS = (post(1), post(2), post(3))


class Greeted(BatchProgress):
    def __init__(self) -> None:
        self.heard: list[StoppedRun] = []

    def welcome(self, stopped: StoppedRun) -> None:
        self.heard.append(stopped)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    write_library(made.posts, Library(handle="mara", posts=POSTS))
    write_plan(plan(*POSTS), made.plan)
    return made


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> FakeSite:
    return stand_in_for_practice(monkeypatch)


def send(
    workspace: Workspace, batch: int | None = None, stop: Callable[[], bool] = lambda: False
) -> list[StoppedRun]:
    """Send a batch, and return what was told of the run before."""
    greeted = Greeted()
    send_batch(
        workspace,
        Target(PRACTICE, SiteName.REHEARSAL, workspace.practice),
        BatchOptions(batch, without_text=True),
        command="upload",
        stop=stop,
        progress=greeted,
    )
    return greeted.heard


def kill_at(site: FakeSite, call: str) -> None:
    """Kill the process once, at this call."""

    def at(name: str) -> None:
        if name == call:
            site.at = lambda _: None
            raise Died

    site.at = at


@pytest.mark.parametrize(
    ("call", "state"),
    [
        ("prepare", State.UPLOADING),
        ("publish", State.STARTED),
        ("published", State.STARTED),
    ],
)
def test_it_names_the_note_on_its_way_and_counts_that_add_up(
    workspace: Workspace, site: FakeSite, call: str, state: State
) -> None:
    assert send(workspace, batch=1) == []
    kill_at(site, call)
    with pytest.raises(Died):
        send(workspace)
    (stopped,) = send(workspace)
    assert stopped.note
    assert (stopped.note.number, stopped.state) == ("2", state)
    where = stopped.status
    assert (where.posted, where.started + where.uploading, where.ready) == (1, 1, 1)
    assert len(site.notes) == 3
    assert send(workspace) == []


def test_before_the_first_note_none_is_named(workspace: Workspace, site: FakeSite) -> None:
    kill_at(site, "find all")
    with pytest.raises(Died):
        send(workspace)
    (stopped,) = send(workspace)
    assert (stopped.note, stopped.state, stopped.status.ready) == (None, None, 3)


def test_a_run_that_was_stopped_in_order_is_not_told_of(
    workspace: Workspace, site: FakeSite
) -> None:
    with pytest.raises(Interrupted):
        send(workspace, stop=lambda: True)
    assert send(workspace) == []
    assert len(site.notes) == 3
