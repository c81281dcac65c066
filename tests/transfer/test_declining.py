"""Where the creator's hand publishes, they may want something else: then nothing left, and it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.destinations.base import NotNow
from crossover.errors import Interrupted
from crossover.model.notes import Note, State
from crossover.model.results import Declined, Drafted, PublishResult, Refused, Unclear, Wish
from crossover.transfer.conditions.questions import Answers
from crossover.transfer.outcome import Step
from crossover.transfer.run import transfer
from crossover.transfer.send import IN_DRAFTS, SAVED_BY_HAND
from tests.fakes import FakeMemory, FakeSite, run_transfer, warnings_beside
from tests.kit_world import MONDAY
from tests.makers import ACCOUNT, plan, post
from tests.transfer.test_real_account import DirectWorld

MADE = plan(post(1), post(2), post(3))
FIRST = MADE.notes[0]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as opened:
        yield opened


class Choosy(FakeSite):
    """A creator before the page, who wants these things one after the other with the first note, and
    then publishes; `early`: already while it is filled in."""

    def __init__(self, *wishes: Wish, early: bool = False) -> None:
        self.wishes, self.early = list(wishes), early
        super().__init__(at=self.interfere, answer=self.decide)
        self.filled: list[str] = []

    def interfere(self, call: str) -> None:
        if call == "prepare" and self.early and self.wishes:
            raise NotNow(self.wishes.pop(0))

    def decide(self, note: Note) -> PublishResult | None:
        self.filled.append(note.number)
        return Declined(self.wishes.pop(0)) if self.wishes and not self.early else None


def state(ledger: Ledger, note: Note = FIRST) -> State | None:
    entry = ledger.entry(note.key)
    return entry.state if entry else None


@pytest.mark.parametrize("early", [True, False])
def test_a_note_that_is_skipped_is_ready_and_the_others_go_out(ledger: Ledger, early: bool) -> None:
    site = Choosy(Wish.SKIP, early=early)
    steps = run_transfer(MADE, site, ledger)
    assert [note.number for note in site.notes] == ["2", "3"]
    assert state(ledger) is State.READY
    assert [one.note.number for one in steps if one.step is Step.DECLINED] == ["1"]
    run_transfer(MADE, site, ledger)
    assert [note.number for note in site.notes] == ["2", "3", "1"]


@pytest.mark.parametrize("early", [True, False])
def test_whoever_stops_ends_the_run_with_the_note_ready(ledger: Ledger, early: bool) -> None:
    site = Choosy(Wish.STOP, early=early)
    with pytest.raises(Interrupted):
        run_transfer(MADE, site, ledger)
    assert site.notes == []
    assert (state(ledger), state(ledger, MADE.notes[1])) == (State.READY, None)


@pytest.mark.parametrize("early", [True, False])
def test_what_is_wanted_anew_is_filled_in_anew_and_goes_out_once(
    ledger: Ledger, early: bool
) -> None:
    site = Choosy(Wish.REDO, Wish.REDO, early=early)
    run_transfer(MADE, site, ledger, batch=1)
    assert site.prepared == [FIRST.id] * (1 if early else 3)
    assert [note.number for note in site.notes] == ["1"]
    assert state(ledger) is State.POSTED


def test_a_note_that_is_skipped_takes_no_place_in_the_batch(ledger: Ledger) -> None:
    site = Choosy(Wish.SKIP)
    run_transfer(MADE, site, ledger, batch=1)
    assert [note.number for note in site.notes] == ["2"]


@pytest.mark.parametrize(
    ("by_hand", "where"), [(False, IN_DRAFTS), (True, SAVED_BY_HAND)], ids=["--draft", "by hand"]
)
def test_a_draft_is_the_creators_to_publish_and_is_not_sent_again(
    ledger: Ledger, by_hand: bool, where: str
) -> None:
    site = FakeSite(answer=lambda note: Drafted(by_hand) if note == FIRST else None)
    steps = run_transfer(MADE, site, ledger)
    assert state(ledger) is State.HANDED
    run_transfer(MADE, site, ledger)
    assert [note.number for note in site.notes] == ["2", "3"]
    told = [one for one in steps if one.note == FIRST][-1]
    assert (told.state, told.step, told.reason) == (State.HANDED, Step.SETTLED, where)


def test_who_did_not_say_so_is_not_told_that_they_skipped(ledger: Ledger) -> None:
    closed = "its tab was closed before Publish was pressed"
    site = FakeSite(answer=lambda _: Declined(Wish.SKIP, closed))
    assert {step.reason for step in run_transfer(MADE, site, ledger)} == {None, closed}


def test_an_earlier_try_is_still_looked_for_after_a_note_was_skipped(ledger: Ledger) -> None:
    site = FakeSite(answer=lambda note: Unclear("no answer") if note == FIRST else None)
    run_transfer(MADE, site, ledger, batch=1)
    assert state(ledger) is State.READY  # it is not on the account
    site.answer = lambda note: Declined(Wish.SKIP) if note == FIRST else None
    run_transfer(MADE, site, ledger, batch=1)
    site.notes.append(FIRST)  # the first try comes there after all
    site.answer = lambda _: None
    run_transfer(MADE, site, ledger)
    assert [note.id for note in site.notes].count(FIRST.id) == 1
    assert state(ledger) is State.POSTED


def test_what_the_site_dropped_is_looked_at_once_the_note_is_settled(ledger: Ledger) -> None:
    class Dropping(FakeSite):
        def read_back(self, one: Note, note_id: str) -> tuple[str, ...]:
            assert (one, note_id, state(ledger)) == (FIRST, "0", State.POSTED)
            return ("visibility", "declaration")

    steps = run_transfer(MADE, Dropping(), ledger, batch=1)
    assert [step.step for step in steps[-2:]] == [Step.SETTLED, Step.READ_BACK]
    assert (steps[-1].state, steps[-1].not_taken) == (State.POSTED, ("visibility", "declaration"))


def test_what_the_site_dropped_is_kept_before_it_is_told(ledger: Ledger) -> None:
    class Dropping(FakeSite):
        def read_back(self, _: Note, __: str) -> tuple[str, ...]:
            return ("visibility", "declaration")

    def rows() -> set[tuple[str, ...]]:
        kept = read_entries(ledger._path, "mara")
        return {entry.not_taken for entry in (kept[FIRST.key], *ledger.entries().values())}

    run = transfer(
        MADE,
        to=Dropping(),
        ledger=ledger,
        memory=lambda _: FakeMemory(),
        warnings=warnings_beside(ledger),
        batch=1,
    )
    assert [rows() for step in run if step.step is Step.READ_BACK] == [
        {("visibility", "declaration")}
    ]


def test_killed_before_it_was_read_back_a_note_is_posted_and_says_nothing(ledger: Ledger) -> None:
    class Dying(FakeSite):
        def read_back(self, _: Note, __: str) -> tuple[str, ...]:
            raise SystemExit

    site = Dying()
    with pytest.raises(SystemExit):
        run_transfer(MADE, site, ledger, batch=1)
    run_transfer(MADE, FakeSite(site.notes), ledger, batch=1)
    entry = read_entries(ledger._path, "mara")[FIRST.key]
    assert (entry.state, entry.attempt, entry.not_taken) == (State.POSTED, 1, ())


def test_a_note_that_cannot_be_read_back_is_posted_all_the_same(ledger: Ledger) -> None:
    class Unreadable(FakeSite):
        def read_back(self, _: Note, __: str) -> tuple[str, ...]:
            raise RuntimeError("the page is gone")

    steps = run_transfer(MADE, Unreadable(), ledger, batch=1)
    assert (steps[-1].state, steps[-1].not_taken) == (State.POSTED, ())


def test_on_a_real_account_the_next_note_has_the_place_of_one_that_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    world = DirectWorld(tmp_path / "move", "kit")
    skipped = world.plan.notes[0].number
    world.site.answer = lambda note: Declined(Wish.SKIP) if note.number == skipped else None
    world.send()
    assert len(world.site.notes) == 1
    assert world.site.notes[0].number != skipped
    assert world.states()[skipped] is State.READY
    assert world.now == MONDAY


def test_what_was_agreed_to_holds_again_for_a_note_that_was_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))
    world = DirectWorld(tmp_path / "move", "studio")
    skipped = world.plan.notes[0].number
    world.site.answer = lambda note: Declined(Wish.SKIP) if note.number == skipped else None
    world.send(batch=1)
    world.site.answer = lambda _: None
    world.send(Answers(accepts_risk=True, account_is_empty=True), batch=1)  # agrees to nothing anew
    assert skipped in [note.number for note in world.site.notes]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_no_to_what_a_browser_sent_twice_is_none_where_the_first_one_is_there(
    ledger: Ledger, is_there: bool
) -> None:
    def sent_twice(note: Note) -> PublishResult | None:
        if note != FIRST:
            return None
        if is_there:
            site.notes.append(note)
        return Refused("the same note twice", "refused", second=True)

    site = FakeSite(answer=sent_twice)
    run_transfer(MADE, site, ledger)
    assert state(ledger) is (State.POSTED if is_there else State.FAILED)
    assert len(site.notes) == (3 if is_there else 2)
    assert warnings_beside(ledger).read_in_a_row().refused == 0
