"""The next batch of the plan on disk, against an account in memory."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from crossover.accounts.ledger.open import open_ledger
from crossover.destinations.api.destination import RedNote
from crossover.destinations.open import Target
from crossover.errors import PlanOutOfDate
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.plan.document import write_plan
from crossover.transfer import batch
from crossover.transfer.batch import BatchOptions, BatchProgress, Sent, send_batch
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import current_status
from crossover.workspace import Workspace
from tests.fakes import FakeSite
from tests.makers import ACCOUNT, CARRIED, MARKER, plan, post

POSTS = tuple(post(n) for n in range(1, 4))


class Heard(BatchProgress):
    def __init__(self) -> None:
        self.begun: list[list[Note]] = []
        self.steps: list[Outcome] = []

    def begin(self, notes: list[Note]) -> None:
        assert not any(outcome.step is Step.STARTED for outcome in self.steps)
        self.begun.append(notes)

    def step(self, outcome: Outcome) -> None:
        self.steps.append(outcome)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path)
    write_library(made.posts, Library(handle="mara", posts=POSTS))
    write_plan(plan(*POSTS), made.plan)
    return made


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> FakeSite:
    fake = FakeSite()
    server = SimpleNamespace(port=1)
    monkeypatch.setattr(batch, "running_rehearsal", lambda *_, **__: nullcontext(server))
    monkeypatch.setattr(RedNote, "rehearsal", lambda **_: nullcontext(fake))
    return fake


def target(workspace: Workspace, to: str = "rehearsal") -> Target:
    return Target(to, SiteName.REHEARSAL, workspace.practice)


def send(workspace: Workspace, heard: Heard, options: BatchOptions | None = None) -> Sent:
    return send_batch(
        workspace,
        target(workspace),
        options or BatchOptions(),
        command="upload",
        stop=lambda: False,
        progress=heard,
    )


def test_the_same_call_sends_what_is_left(workspace: Workspace, site: FakeSite) -> None:
    first = send(workspace, Heard(), BatchOptions(batch=2))
    assert (first.status.posted, first.status.ready, first.needs_look) == (2, 1, False)
    assert send(workspace, Heard()).status.posted == 3
    assert len(site.notes) == 3


def test_notes_are_counted_when_the_first_one_goes_out(
    workspace: Workspace,
    site: FakeSite,
) -> None:
    """What was open before may be ready again by then."""
    first, _, third = plan(*POSTS).notes
    with open_ledger(workspace.practice / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        ledger.started(first, MARKER, CARRIED)
        ledger.failed(third, "no")
    heard = Heard()
    send(workspace, heard)
    assert [[note.number for note in notes] for notes in heard.begun] == [["1", "2"]]
    assert len(site.notes) == 2


def test_two_accounts_that_posted_in_the_same_second_each_have_a_status_of_their_own(
    workspace: Workspace, site: FakeSite, tmp_path: Path
) -> None:
    other = Workspace(tmp_path / "otto")
    posts = tuple(
        replace(one, text=f"Otto {one.number}", media=post(one.number + 50).media) for one in POSTS
    )
    write_library(other.posts, Library(handle="otto", posts=posts))
    write_plan(replace(plan(*posts), handle="otto"), other.plan)
    send(workspace, Heard())
    assert current_status(other, workspace.practice).ready == 3
    done = send_batch(
        other,
        target(workspace),
        BatchOptions(batch=1),
        command="upload",
        stop=lambda: False,
        progress=Heard(),
    )
    assert (done.status.posted, current_status(other, workspace.practice).posted) == (1, 1)
    assert current_status(workspace, workspace.practice).posted == 3


def test_a_plan_for_another_destination_is_not_sent(workspace: Workspace, site: FakeSite) -> None:
    with pytest.raises(PlanOutOfDate):
        send_batch(
            workspace,
            target(workspace, "elsewhere"),
            BatchOptions(),
            command="upload",
            stop=lambda: False,
            progress=BatchProgress(),
        )
    assert site.notes == []
