"""The next batch of the plan on disk, against an account in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crossover.accounts.ledger.open import open_ledger, reading_account
from crossover.destinations.open import Target
from crossover.errors import PlanOutOfDate, RetryLater
from crossover.library.posts_file import Library, write_library
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.model.posts import Post, Visibility
from crossover.model.results import NotSent
from crossover.plan.document import write_plan
from crossover.settings.consent import agree_to_no_text, read_consent
from crossover.transfer.batch import BatchNotes, BatchOptions, BatchProgress, Sent, send_batch
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.report.status import current_status
from crossover.transfer.without_text import TextMissing
from crossover.workspace import Workspace
from tests.fakes import FakeSite, stand_in_for_practice
from tests.makers import ACCOUNT, CARRIED, MARKER, plan, post

POSTS = tuple(post(n) for n in range(1, 4))


class Heard(BatchProgress):
    def __init__(self) -> None:
        self.begun: list[list[Note]] = []
        self.steps: list[Outcome] = []

    def begin(self, batch: BatchNotes) -> None:
        assert not any(outcome.step is Step.STARTED for outcome in self.steps)
        self.begun.append(list(batch.notes))

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
    return stand_in_for_practice(monkeypatch)


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


def titled(number: int, **fields: object) -> Post:
    """A post of which only the export's title is known."""
    return post(number, title=f"Title {number}", text=None, pictures=1, **fields)


def planned(workspace: Workspace, *posts: Post, listed: bool = False) -> None:
    write_library(workspace.posts, Library(handle="mara", posts=posts, listed=listed))
    write_plan(plan(*posts, listed=listed), workspace.plan)


def asked_about(missing: TextMissing) -> list[str]:
    return [note.number for note in missing.notes]


def test_nothing_is_sent_while_a_note_would_go_out_without_text_unasked(
    workspace: Workspace, site: FakeSite
) -> None:
    planned(workspace, post(1), titled(2))
    with pytest.raises(TextMissing) as caught:
        send(workspace, Heard(), BatchOptions(batch=1))
    assert asked_about(caught.value) == ["2"]
    assert site.notes == []
    send(workspace, Heard(), BatchOptions(without_text=True))
    assert len(site.notes) == 2


def test_of_notes_without_text_those_are_asked_about_that_go_out_and_were_not_agreed_to(
    workspace: Workspace, site: FakeSite
) -> None:
    planned(workspace, titled(1), titled(2))
    agree_to_no_text(workspace.agreed, SiteName.REHEARSAL, [titled(1).id, titled(2).id])
    assert send(workspace, Heard(), BatchOptions(batch=1)).status.posted == 1
    workspace.agreed.unlink()  # one is out there
    planned(workspace, titled(1), titled(2), titled(3))
    with pytest.raises(TextMissing) as caught:
        send(workspace, Heard())
    assert asked_about(caught.value) == ["2", "3"]
    agree_to_no_text(workspace.agreed, SiteName.REHEARSAL, [titled(2).id])
    with pytest.raises(TextMissing) as caught:
        send(workspace, Heard())
    assert asked_about(caught.value) == ["3"]


def test_what_was_agreed_to_for_one_site_is_asked_for_another(
    workspace: Workspace, site: FakeSite
) -> None:
    planned(workspace, titled(1))
    agree_to_no_text(workspace.agreed, SiteName.REDNOTE, [titled(1).id])
    with pytest.raises(TextMissing):
        send(workspace, Heard())
    agree_to_no_text(workspace.agreed, SiteName.REHEARSAL, [titled(1).id])
    assert len(read_consent(workspace.agreed).without_text) == 2
    assert send(workspace, Heard()).status.posted == 1


@pytest.mark.parametrize(
    ("who", "listed", "named"),
    [
        (Visibility.PUBLIC, False, "crossover captions"),
        (Visibility.PUBLIC, True, "crossover sheet out words.csv"),
        (Visibility.FRIENDS, False, "crossover sheet out words.csv"),
    ],
)
def test_the_public_page_is_named_only_where_it_may_have_the_words(
    workspace: Workspace, site: FakeSite, who: Visibility, listed: bool, named: str
) -> None:
    planned(workspace, titled(1, visibility=who), listed=listed)
    with pytest.raises(TextMissing) as caught:
        send(workspace, Heard())
    assert f"`{named}`" in caught.value.next
    assert ("captions" in caught.value.next) is (named == "crossover captions")
    assert "--without-text" in caught.value.next


def test_a_run_is_kept_with_its_end_and_the_notes_that_are_of_it(
    workspace: Workspace, site: FakeSite
) -> None:
    send(workspace, Heard(), BatchOptions(batch=2))
    site.answer = lambda _: NotSent("no route")
    with pytest.raises(RetryLater):
        send(workspace, Heard())
    with reading_account(workspace.practice / "ledger.sqlite", "mara") as account:
        runs, events = account.history.runs(), account.history.events()
    assert [(run.outcome, run.destination) for run in runs] == [
        ("done", "rehearsal"),
        ("retry-later", "rehearsal"),
    ]
    assert all(run.ended for run in runs)
    posted = [event.run for event in events if event.kind == "posted"]
    assert posted == [runs[0].id] * 2
