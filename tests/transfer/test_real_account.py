"""Sending to a real account: nothing goes out that was not agreed to, at the pace of the account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.registry import account_for, find_account
from crossover.accounts.warnings import AccountWarnings
from crossover.destinations.api.destination import RedNote
from crossover.destinations.api.http.client import HttpClient
from crossover.destinations.api.session import PRACTICE
from crossover.destinations.api.signing import practice_signer
from crossover.destinations.base import Destination
from crossover.destinations.open import Target
from crossover.destinations.practice import running_rehearsal
from crossover.destinations.sites import rehearsal_hosts
from crossover.errors import AccountHeld, CrossoverError, NothingDue, PlanOutOfDate, WrongAccount
from crossover.model.account import Account, SiteName
from crossover.model.notes import State
from crossover.model.posts import Visibility
from crossover.model.results import Refused, Unclear
from crossover.plan.document import write_plan
from crossover.rehearsal.store.store import read_notes
from crossover.transfer.batch import BatchOptions, BatchProgress, Sent, send_batch
from crossover.transfer.conditions.questions import (
    Answers,
    FirstNoteUnchecked,
    NotApproved,
    RiskNotAccepted,
)
from crossover.transfer.connect import Connect, ConnectOptions
from crossover.transfer.run import transfer
from tests.fakes import FakeMemory, FakeSite
from tests.kit_world import MONDAY, KitWorld, posts_of
from tests.makers import ACCOUNT, plan, post


@dataclass
class FakeRedNote(FakeSite):
    """A site with the creator's own account."""

    who: Account = field(default_factory=lambda: Account(SiteName.REDNOTE, "5f01", "Mila"))

    @property
    def site(self) -> SiteName:
        return SiteName.REDNOTE

    @property
    def label(self) -> str:
        return "RedNote"

    def whoami(self) -> Account:
        return self.who


class DirectWorld(KitWorld):
    """Notes that a program sends to a real account, and a clock that is waited for."""

    def __init__(self, root: Path, to: str, count: int = 8) -> None:
        super().__init__(root, posts_of(count), to=to)
        self.site = FakeRedNote()
        self.now = MONDAY
        self.connect: Connect = self._reach

    def send(self, answers: Answers | None = None, batch: int | None = None, **more: Any) -> Sent:
        with self.workspace.hold("a test"):
            return send_batch(
                self.workspace,
                self.target,
                BatchOptions(batch, answers=answers or self.agreed, **more),
                command="crossover upload",
                stop=lambda: False,
                progress=BatchProgress(),
                connect=self.connect,
                operator="mila",
                now=lambda: self.now,
                sleep=self.sleep,
            )

    @contextmanager
    def _reach(self, _: Target, __: ConnectOptions) -> Iterator[Destination]:
        yield self.site

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture(params=["kit", "studio"])
def world(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> DirectWorld:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    return DirectWorld(tmp_path / "move", request.param)


@pytest.mark.parametrize(
    ("without", "question"),
    [
        ({"accepts_risk": False}, RiskNotAccepted),
        ({"approve": ""}, NotApproved),
        ({"approve": "0" * 12}, PlanOutOfDate),
    ],
)
def test_without_an_answer_nothing_goes_out(
    world: DirectWorld, without: dict[str, Any], question: type[CrossoverError]
) -> None:
    with pytest.raises(question):
        world.send(replace(world.agreed, **without))
    assert world.site.notes == []
    world.send()
    assert len(world.site.notes) == 1


def test_nothing_of_the_site_is_opened_before_the_risk_is_accepted(world: DirectWorld) -> None:
    def never(_: Target, __: ConnectOptions) -> AbstractContextManager[Destination]:
        raise AssertionError("the site was opened")

    reached, world.connect = world.connect, never
    with pytest.raises(RiskNotAccepted):
        world.send(replace(world.agreed, accepts_risk=False))
    world.connect = reached
    world.send()
    world.now += timedelta(days=1)
    world.send(Answers(first_note_is_ok=True))  # it is asked about once
    assert len(world.site.notes) == 2


def test_whoever_posted_by_hand_is_told_what_the_studio_risks_besides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    kit = KitWorld(tmp_path / "by hand", posts_of(8))
    kit.hand_over(1, now=MONDAY)
    world = DirectWorld(tmp_path / "move", "studio")
    with pytest.raises(RiskNotAccepted) as asked:
        world.send(Answers())
    assert asked.value.note == world.plan.notes[1]
    assert not asked.value.is_first


def test_the_risk_of_the_studio_is_asked_about_once_and_covers_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    world = DirectWorld(tmp_path / "move", "studio")
    with pytest.raises(RiskNotAccepted) as asked:
        world.send(Answers())
    assert asked.value.is_first
    world.send()
    kit = KitWorld(tmp_path / "by hand", posts_of(8))
    for send in (
        lambda: world.send(Answers()),
        lambda: kit.hand_over(answers=Answers(), now=world.now),
    ):
        with pytest.raises(FirstNoteUnchecked):
            send()


def test_each_answer_is_kept_for_the_account(world: DirectWorld) -> None:
    world.send()
    world.now += timedelta(days=1)
    with pytest.raises(FirstNoteUnchecked):
        world.send(Answers())
    world.send(Answers(first_note_is_ok=True))
    world.now += timedelta(days=1)
    world.send(Answers())
    assert len(world.site.notes) == 3


def test_the_first_note_is_for_the_creator_alone_and_the_others_as_planned(
    world: DirectWorld,
) -> None:
    for _ in range(3):
        world.send()
        world.now += timedelta(days=1)
    seen = [note.visibility for note in world.site.notes]
    assert seen == [Visibility.ONLY_ME, Visibility.PUBLIC, Visibility.PUBLIC]
    assert len({note.id for note in world.site.notes}) == 3


def test_no_day_has_more_than_its_pace_however_often_it_is_run(world: DirectWorld) -> None:
    days: Counter[object] = Counter()
    for _ in range(40):
        before = len(world.site.notes)
        try:
            world.send()
        except NothingDue:
            world.now += timedelta(hours=7)
        days[world.now.astimezone().date()] += len(world.site.notes) - before
    assert len(world.site.notes) == 8
    by_day = [count for count in days.values() if count]
    assert by_day[:7] == [1] * 7
    assert max(by_day) <= 3


def test_what_was_changed_after_it_was_agreed_to_is_asked_about_again(world: DirectWorld) -> None:
    world.send()
    posts = posts_of(8)
    changed = replace(posts[3], text="Quite other words for this one #pottery")
    world.plan_for([*posts[:3], changed, *posts[4:]])
    world.now += timedelta(days=1)
    answers = Answers(first_note_is_ok=True)
    for _ in range(2):  # notes 2 and 3 were agreed to as they are
        world.send(answers)
        world.now += timedelta(days=1)
    with pytest.raises(NotApproved) as asked:
        world.send(answers)
    assert [note.number for note in asked.value.notes] == ["4"]
    assert [note.number for note in asked.value.changed] == ["4"]


def test_a_session_of_somebody_else_sends_nothing(world: DirectWorld) -> None:
    world.send()
    for other in (
        Account(SiteName.REDNOTE, "5f02", "Mila"),
        Account(SiteName.REDNOTE, "5f02", "X"),
    ):
        world.site.who = other
        with pytest.raises(WrongAccount):
            world.send()
    known = find_account(SiteName.REDNOTE, "mila")
    assert known
    assert known.record.user_id == "5f01"
    assert len(world.site.notes) == 1


def test_what_stands_there_already_is_kept_back(world: DirectWorld) -> None:
    world.site.notes.append(world.plan.notes[2])
    world.send()
    world.now += timedelta(days=1)
    world.send()
    entry = world.entries()[world.plan.notes[2].key]
    assert (entry.state, entry.attempt) == (State.UNKNOWN, 0)
    assert "already on the account" in (entry.reason or "")


def test_what_went_by_one_way_goes_by_no_other(world: DirectWorld, tmp_path: Path) -> None:
    world.send()
    kit = KitWorld(tmp_path / "another move", posts_of(8))
    with pytest.raises(FirstNoteUnchecked):
        kit.hand_over(answers=Answers(), now=world.now)
    pack = kit.hand_over(3, now=world.now).pack
    assert pack
    handed = {one.note.key for one in pack.notes}
    assert world.plan.notes[0].key not in handed
    world.now += timedelta(days=9)
    world.send()
    assert not handed & {note.key for note in world.site.notes}


@pytest.mark.parametrize(
    "answer",
    [
        Refused("no publishing", "blocked", stop=True),
        Unclear("it asked for a captcha", at_risk=True),
    ],
)
def test_a_warning_sign_shuts_every_door_of_the_account(
    world: DirectWorld, tmp_path: Path, answer: Refused | Unclear
) -> None:
    world.site.answer = lambda _: answer
    with pytest.raises(CrossoverError) as caught:
        world.send()
    assert caught.value.exit_code == 6
    doors: list[Callable[[], object]] = [
        world.send,
        KitWorld(tmp_path / "another move", posts_of(8)).hand_over,
    ]
    for door in doors:
        with pytest.raises(AccountHeld):
            door()
    assert world.site.notes == []


def test_after_so_many_errors_no_more_are_sent(tmp_path: Path) -> None:
    made, site = plan(*(post(n) for n in range(1, 8))), FakeSite()
    site.answer = lambda note: Refused("no", "no") if note.number in "246" else None
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        steps = transfer(
            made,
            to=site,
            ledger=ledger,
            memory=lambda _: FakeMemory(),
            warnings=AccountWarnings(tmp_path),
            max_errors=2,
        )
        assert [o.note.number for o in steps if o.state is State.FAILED] == ["2", "4"]
    assert [note.number for note in site.notes] == ["1", "3"]


@pytest.mark.parametrize("world", ["kit"], indirect=True)
def test_the_wire_client_posts_to_an_account_of_rednote(world: DirectWorld, tmp_path: Path) -> None:
    """The practice account's server stands in for rednote.com."""
    known = "Practice account"
    world.target = replace(
        world.target, account=account_for(world.target.site, known).folder.path, name=known
    )
    write_plan(replace(world.plan, account=known), world.workspace.plan)

    @contextmanager
    def connect(_: Target, options: ConnectOptions) -> Iterator[Destination]:
        with (
            running_rehearsal(tmp_path / "site") as server,
            RedNote(
                HttpClient(rehearsal_hosts(server.port), PRACTICE, practice_signer, spacing=0),
                site=SiteName.REDNOTE,
                files=options.files,
            ) as destination,
        ):
            yield destination

    world.connect = connect
    for days in range(2):
        world.now = datetime.now(UTC) + timedelta(days=days)
        world.send()
    posted = list(read_entries(AccountFolder(world.target.account).ledger, "mara").values())
    assert [entry.state for entry in posted] == [State.POSTED] * 2
    assert sorted(entry.visibility for entry in posted) == ["only-me", "public"]
    on_site = read_notes(tmp_path / "site")
    assert [one.visibility for one in on_site] == ["only-me", "public"]
