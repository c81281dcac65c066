"""Posts whose pictures, order and words change between batches: no picture goes out twice, none is
left out without a question, and a plan that nothing changed stays the same."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.warnings import AccountWarnings
from crossover.errors import AccountAtRisk, RetryLater
from crossover.model.choices import Action, Edit
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Media, Post
from crossover.model.results import NotSent, PublishResult, Refused, Unclear
from crossover.settings.edits import Edits
from crossover.transfer.report.status import Status, status_of
from crossover.transfer.run import transfer
from tests.fakes import FakeMemory, FakeSite, warnings_beside
from tests.makers import ACCOUNT, edited, image, plan, post
from tests.tier import by_tier
from tests.unsynced import unsynced

EXAMPLES = by_tier(6, 100)


@dataclass
class Creator:
    """Somebody who goes on changing photo posts while they go out."""

    chance: random.Random
    path: Path
    site: FakeSite = field(default_factory=FakeSite)
    posts: list[Post] = field(default_factory=list)
    had: dict[str, dict[Media, None]] = field(default_factory=lambda: defaultdict(dict))
    decided: dict[str, Action] = field(default_factory=dict)
    fresh: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def __post_init__(self) -> None:
        for number in range(1, self.chance.randint(2, 3)):
            item = post(number, pictures=1, media=self.pictures(number))
            self.had[item.id].update(dict.fromkeys(item.media))
            self.posts.append(item)

    def pictures(self, number: int) -> tuple[Media, ...]:
        many = self.chance.choice([1, 2, 17, 18, 19, 20, 37])
        return tuple(image(number, next(self.fresh)) for _ in range(many))

    def change(self) -> None:
        place = self.chance.randrange(len(self.posts))
        item = self.posts[place]
        media = list(item.media)
        match self.chance.choice(["more", "fewer", "back", "order", "words", "decide", "nothing"]):
            case "more":
                for picture in self.pictures(item.number):
                    media.insert(self.chance.randint(0, len(media)), picture)
            case "fewer":
                media = [picture for picture in media if self.chance.random() < 0.7] or media[:1]
            case "back":
                media += [p for p in self.had[item.id] if p not in media][:3]
            case "order":
                self.chance.shuffle(media)
            case "words":
                item = replace(item, text=f"Words {next(self.fresh)}")
            case "decide":
                for note in self.plan().notes:
                    if note.action is Action.HOLD and self.chance.random() < 0.7:
                        self.decided[note.number] = self.chance.choice([Action.MOVE, Action.SKIP])
            case _:
                pass
        self.had[item.id].update(dict.fromkeys(media))
        self.posts[place] = replace(item, media=tuple(media))

    def plan(self) -> Plan:
        rows = read_entries(self.path, "mara").values()
        made = plan(*self.posts, sent=rows)
        there = {note.number for note in made.notes}
        self.decided = {number: what for number, what in self.decided.items() if number in there}
        return plan(*self.posts, sent=rows, edits=self.edits)

    @property
    def edits(self) -> Edits:
        by_note = {number: Edit(action=action) for number, action in self.decided.items()}
        return replace(edited(), by_note=by_note)

    def send(self, made: Plan, batch: int | None) -> None:
        """Send a batch, after lifting what refusals in a row may have held."""
        AccountWarnings(self.path.parent).lift()
        with suppress(RetryLater, AccountAtRisk), open_ledger(self.path, ACCOUNT, "mara") as ledger:
            memory = FakeMemory()
            for _ in transfer(
                made,
                to=self.site,
                ledger=ledger,
                memory=lambda _: memory,
                batch=batch,
                warnings=warnings_beside(ledger),
                sleep=lambda _: None,
            ):
                pass

    def status(self, made: Plan) -> Status:
        return status_of(made, read_entries(self.path, "mara"))


def times(notes: Iterable[Note]) -> Counter[str]:
    """How often each picture is in these notes."""
    return Counter(file.sha256 for note in notes for file in note.media)


def check(creator: Creator, made: Plan) -> None:
    """No picture is on the account twice, and each that is not there is in a note that says why."""
    on_account = times(creator.site.notes)
    assert set(on_account.values()) <= {1}
    planned = times(made.notes)
    assert planned == Counter(file.sha256 for item in creator.posts for file in item.media)
    status = creator.status(made)
    counted = {state: getattr(status, state) for state in State}
    assert sum(counted.values()) == status.found == len(creator.posts)
    left = times(n for n in made.notes if n.action is Action.SKIP)
    for item in creator.posts:
        states = {one.state for one in status.notes if one.post == item.id}
        if states <= {State.POSTED, State.SKIP}:
            assert all(on_account[p.sha256] or left[p.sha256] for p in item.media)
    for note, one in zip(made.notes, status.notes, strict=True):
        if one.state is State.POSTED:
            assert all(on_account[file.sha256] for file in note.media)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_changes_between_batches_send_no_picture_twice_and_leave_none_out(
    tmp_path_factory: pytest.TempPathFactory, seed: int, refusals: bool
) -> None:
    chance = random.Random(seed)
    creator = Creator(chance, tmp_path_factory.mktemp("changes") / "ledger.sqlite")
    no = Refused("no", "refused")
    creator.site.answer = lambda _: no if refusals and chance.random() < 0.2 else None
    for _ in range(8):
        made = creator.plan()
        with unsynced():
            creator.send(made, chance.choice([0, 1, 1, 2, None]))
        assert creator.plan() == made
        check(creator, made)
        creator.change()
    made = creator.plan()
    creator.site.answer = lambda _: None
    with unsynced():
        creator.send(made, None)
    check(creator, made)
    assert State.READY not in {one.state for one in creator.status(made).notes}


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**32))
def test_lost_answers_and_plans_that_know_too_little_send_no_picture_twice(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Answers are lost, and some plans are made by a workspace that never saw what went out."""
    chance = random.Random(seed)
    creator = Creator(chance, tmp_path_factory.mktemp("lost") / "ledger.sqlite")
    late: list[Note] = []

    def answer(note: Note) -> PublishResult | None:
        kind = chance.choice(["there", "there", "late", "lost", "never left"])
        if kind == "late":
            late.append(note)
        if kind == "never left":
            return NotSent("no route")
        return None if kind == "there" else Unclear("no answer")

    creator.site.answer = answer
    for _ in range(8):
        made = creator.plan() if chance.random() < 0.7 else plan(*creator.posts)
        with unsynced():
            creator.send(made, chance.choice([1, 2, None]))
        creator.site.notes += late
        late.clear()
        assert set(times(creator.site.notes).values()) <= {1}
        creator.change()
    creator.site.answer = lambda _: None
    for _ in range(4):  # what was late is found, a new cut sends the rest
        made = creator.plan()
        with unsynced():
            creator.send(made, None)
    check(creator, creator.plan())
    assert creator.plan() == made
