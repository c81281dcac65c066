"""Whatever a creator, a program and a computer that dies do with one account: no note stands there twice,
and none is called posted that never was.

Two workspaces of one TikTok account lead to one account on RedNote: one hands packs over, the other
sends by itself. Processes die between any two effects, answers get lost, lists cannot be read; the
creator posts by hand from the packs that can be seen, and tells the truth, sooner or later.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.base import Destination
from crossover.destinations.kit.finishing import show_pack
from crossover.destinations.kit.pack_file import find_packs
from crossover.destinations.kit.writer import write_unfinished
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.model.notes import Note, State
from crossover.model.results import (
    Absent,
    Declined,
    Drafted,
    NotKnown,
    PublishResult,
    Unclear,
    Wish,
)
from crossover.transfer import hand_over as handing
from crossover.transfer.batch import BatchOptions, BatchProgress, send_batch
from crossover.transfer.connect import ConnectOptions
from crossover.transfer.report.status import status_of
from crossover.transfer.resolve.again import prepare_retry, write_retry
from crossover.transfer.resolve.given_links import GivenLink
from crossover.transfer.resolve.resolver import Resolver, resolving
from tests.fakes import Died
from tests.kit_world import MONDAY, KitWorld, posts_of
from tests.tier import by_tier
from tests.transfer.test_real_account import FakeRedNote
from tests.unsynced import unsynced

POSTS = 5
SENDING = ("mark", "prepare", "prepared", "publish", "published")
HANDING = ("write_unfinished", "hand_over", "show_pack")
OPEN = {State.STARTED, State.UNKNOWN, State.HANDED}


def fast() -> ExitStack:
    """Nothing is synced: no power cut is tried here."""
    stack = ExitStack()
    stack.enter_context(unsynced())
    return stack


class AnyHistory(RuleBasedStateMachine):
    """`site.notes` is the truth: all that ever stood on the account; `site.removed` is gone again."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = fast()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.stack.enter_context(patch.dict("os.environ", CROSSOVER_HOME=str(folder / "home")))
        self.kit = KitWorld(folder / "kit", posts_of(POSTS))
        self.direct = KitWorld(folder / "direct", posts_of(POSTS))
        self.site = FakeRedNote()
        self.now = MONDAY
        self.by_hand: set[tuple[str, str]] = set()
        self.drafts: list[Note] = []

    def teardown(self) -> None:
        self.stack.close()

    # --- what programs do ---

    @rule(
        dies=st.none() | st.sampled_from(SENDING),
        end=st.sampled_from(("posted", "lost", "declined", "drafted")),
        readable=st.booleans(),
    )
    def send(self, dies: str | None, end: str, readable: bool) -> None:
        def at(call: str) -> None:
            if call == dies:
                raise Died

        def answer(note: Note) -> PublishResult | None:
            match end:
                case "lost":
                    self.site.notes.append(note)
                    return Unclear("the answer got lost")
                case "declined":
                    return Declined(Wish.SKIP)
                case "drafted":
                    self.drafts.append(note)
                    return Drafted()
                case _:
                    return None

        self.site.at, self.site.answer, self.site.list_readable = at, answer, readable
        with suppress(CrossoverError, Died), self.direct.workspace.hold("a test"):
            send_batch(
                self.direct.workspace,
                self.direct.target,
                BatchOptions(answers=self.direct.agreed),
                command="crossover upload",
                stop=lambda: False,
                progress=BatchProgress(),
                connect=self.reach,
                operator="mila",
                now=lambda: self.now,
                sleep=self.sleep,
            )
        self.site.at, self.site.answer, self.site.list_readable = (
            lambda _: None,
            lambda _: None,
            True,
        )
        self.direct.account.folder.warnings.lift()  # the creator looked

    @rule(dies=st.none() | st.sampled_from(HANDING), batch=st.integers(1, 3))
    def hand_over(self, dies: str | None, batch: int) -> None:
        with ExitStack() as stack:
            if dies == "hand_over":
                stack.enter_context(patch.object(Ledger, dies, dying_after(Ledger.hand_over)))
            elif dies:
                act = getattr(handing, dies)
                stack.enter_context(patch.object(handing, dies, dying_after(act)))
            with suppress(CrossoverError, Died):
                self.kit.hand_over(batch, now=self.now)

    @rule()
    def sleep_over(self) -> None:
        self.now += timedelta(days=1)

    # --- what the creator does ---

    @precondition(lambda self: self.in_packs())
    @rule(data=st.data())
    def post_by_hand(self, data: st.DataObject) -> None:
        pack, note_id = data.draw(st.sampled_from(sorted(self.in_packs())))
        self.by_hand.add((pack, note_id))
        self.site.notes.append(next(n for n in self.kit.plan.notes if n.id == note_id))

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def publish_a_draft(self, data: st.DataObject) -> None:
        draft = data.draw(st.sampled_from(self.drafts))
        self.drafts.remove(draft)
        self.site.notes.append(draft)

    @precondition(lambda self: self.open_notes())
    @rule(data=st.data(), dies=st.booleans())
    def tell_the_truth(self, data: st.DataObject, dies: bool) -> None:
        note = data.draw(st.sampled_from(self.open_notes()))
        with suppress(CrossoverError, Died), dying(dies), self.settling() as resolver:
            if places := self.places(note):
                link = f"https://www.rednote.com/explore/{places[-1]:024x}"
                resolver.take([GivenLink("here", note.number, link, posted=True)])
            elif not self.is_drafted(note):
                resolver.take(not_there=[note])

    @precondition(lambda self: self.posted_notes())
    @rule(data=st.data(), dies=st.booleans())
    def delete_and_try_again(self, data: st.DataObject, dies: bool) -> None:
        note = data.draw(st.sampled_from(self.posted_notes()))
        self.site.removed.update(self.places(note))
        with suppress(CrossoverError, Died), dying(dies), self.settling() as resolver:
            write_retry(resolver, prepare_retry(resolver, note))

    # --- what holds ---

    @invariant()
    def no_note_stands_there_twice(self) -> None:
        there = Counter(note.id for note in self.site.left())
        assert all(count == 1 for count in there.values()), there

    @invariant()
    def what_is_called_posted_was_posted(self) -> None:
        ever = {note.id for note in self.site.notes}
        rows = self.kit.entries()
        for note in self.kit.plan.notes:
            row = rows.get(note.key)
            assert row is None or row.state is not State.POSTED or note.id in ever, note.number

    @invariant()
    def every_post_is_in_one_state(self) -> None:
        status = status_of(self.kit.plan, self.kit.entries())
        states = [getattr(status, state) for state in State]
        assert sum(states) == status.found == POSTS

    # --- what they see ---

    def in_packs(self) -> set[tuple[str, str]]:
        """The notes of packs that can be seen, which the creator did not post from there yet."""
        packs = find_packs(self.kit.workspace.kit)
        seen = [(f.name, d) for f, d in packs if not f.name.startswith(".")]
        return {(name, note.id) for name, d in seen for note in d.notes} - self.by_hand

    def is_drafted(self, note: Note) -> bool:
        """Whether the creator may publish it from a draft yet."""
        return note.id in {one.id for one in self.drafts}

    def places(self, note: Note) -> list[int]:
        return [
            place
            for place, other in enumerate(self.site.notes)
            if other.id == note.id and place not in self.site.removed
        ]

    def open_notes(self) -> list[Note]:
        rows = self.kit.entries()
        return [n for n in self.kit.plan.notes if n.key in rows and rows[n.key].state in OPEN]

    def posted_notes(self) -> list[Note]:
        rows = self.kit.entries()
        return [
            n
            for n in self.kit.plan.notes
            if n.key in rows and rows[n.key].state is State.POSTED and not self.is_drafted(n)
        ]

    @contextmanager
    def settling(self) -> Iterator[Resolver]:
        kit = self.kit
        with (
            kit.workspace.hold("a test"),
            resolving(kit.workspace, kit.target, command="a test", operator="mila") as resolver,
        ):
            yield resolver

    @contextmanager
    def reach(self, _: Target, __: ConnectOptions) -> Iterator[Destination]:
        yield self.site

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@contextmanager
def dying(dies: bool) -> Iterator[None]:
    """Die before an answer is written into the ledger."""
    with patch.object(Ledger, "answer_all", side_effect=Died) if dies else nullcontext():
        yield


def dying_after(act: Callable[..., object]) -> Callable[..., object]:
    def run(*arguments: Any, **named: Any) -> object:
        act(*arguments, **named)
        raise Died

    return run


@pytest.mark.timeout(3600)
def test_no_note_is_there_twice_whatever_happens() -> None:
    run_state_machine_as_test(
        AnyHistory,
        settings=settings(
            max_examples=by_tier(4, 400),
            stateful_step_count=by_tier(12, 40),
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


@pytest.fixture
def history() -> Iterator[AnyHistory]:
    machine = AnyHistory()
    yield machine
    machine.teardown()


def post_everything(history: AnyHistory) -> None:
    for pack, note_id in sorted(history.in_packs()):
        history.by_hand.add((pack, note_id))
        history.site.notes.append(next(n for n in history.kit.plan.notes if n.id == note_id))


@pytest.mark.parametrize("earlier", [0, 1])
def test_a_pack_that_nobody_saw_is_shown_without_the_note_that_was_taken_back(
    history: AnyHistory, earlier: int
) -> None:
    for note in history.kit.plan.notes[:earlier]:  # the first note has a pack of its own
        history.hand_over(None, 1)
        post_everything(history)
        link = f"https://www.rednote.com/explore/{history.places(note)[-1]:024x}"
        with history.settling() as resolver:
            resolver.take([GivenLink("here", note.number, link, posted=True)])
        history.sleep_over()
    history.hand_over("hand_over", 3)
    taken_back = next(n for n in history.open_notes() if not history.places(n))
    with history.settling() as resolver:
        resolver.take(not_there=[taken_back])
    history.hand_over(None, 3)
    post_everything(history)
    history.no_note_stands_there_twice()
    assert history.places(taken_back)


@pytest.mark.parametrize("shown_too_early", [False, True])
def test_a_pack_that_is_seen_before_the_ledger_knows_of_it_would_be_noticed(
    history: AnyHistory, monkeypatch: pytest.MonkeyPatch, shown_too_early: bool
) -> None:
    def write_and_show(pack: Any, kit: Path, *rest: Any) -> Path:
        write_unfinished(pack, kit, *rest)
        return show_pack(kit, pack.id)

    if shown_too_early:
        monkeypatch.setattr(handing, "write_unfinished", write_and_show)
    history.hand_over("write_unfinished", 1)
    history.sleep(60)
    history.hand_over(None, 1)
    post_everything(history)
    if shown_too_early:
        with pytest.raises(AssertionError):
            history.no_note_stands_there_twice()
    else:
        history.no_note_stands_there_twice()
        assert len(history.site.left()) == 1


@pytest.mark.parametrize("started_too_late", [False, True])
def test_a_note_that_is_published_before_it_is_started_would_be_noticed(
    history: AnyHistory, monkeypatch: pytest.MonkeyPatch, started_too_late: bool
) -> None:
    """With nothing to be seen on the account either, as where its list lags."""
    monkeypatch.setattr(FakeRedNote, "listed", lambda _: ())
    monkeypatch.setattr(FakeRedNote, "find", lambda *_, **__: NotKnown("the list lags"))
    monkeypatch.setattr(FakeRedNote, "find_all", lambda _, notes, **__: [Absent()] * len(notes))
    if started_too_late:
        monkeypatch.setattr(Ledger, "started", lambda *_, **__: None)
    history.send("published", "posted", readable=True)
    history.send(None, "posted", readable=True)
    if started_too_late:
        with pytest.raises(AssertionError):
            history.no_note_stands_there_twice()
    else:
        history.no_note_stands_there_twice()
        assert len(history.site.left()) == 1
