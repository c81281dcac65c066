"""What the account has and the ledger does not know is not sent once more, and holds nothing else."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.accounts.ledger.accept import accept_older_ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.errors import RetryLater
from crossover.model.account import Marker
from crossover.model.notes import Plan, State
from crossover.model.results import NotSent
from crossover.transfer.outcome import Outcome, Step
from tests.fakes import FakeSite, run_transfer
from tests.makers import ACCOUNT, note, plan, post

WORDS = (
    "Dawn over Porto",
    "Tram 28",
    "My cat",
    "Bread",
    "Rain again",
    "Old bridge",
    "Night market",
)


def make_plan(*words: str) -> Plan:
    return plan(*(post(n, text=text) for n, text in enumerate(words, 1)))


MADE = make_plan(*WORDS)


class Account:
    """An account in memory, and the folder that this computer has of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "account"
        self.copy = folder / "copy"
        self.site = FakeSite()

    def run(self, made: Plan, batch: int | None = None) -> list[Outcome]:
        with open_ledger(self.folder / "ledger.sqlite", ACCOUNT, "mara") as ledger:
            return run_transfer(made, self.site, ledger, batch)

    def save(self) -> None:
        shutil.copytree(self.folder, self.copy)

    def restore(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.copy, self.folder)
        accept_older_ledger(self.folder / "ledger.sqlite")

    def states(self, made: Plan) -> list[State | None]:
        with open_ledger(self.folder / "ledger.sqlite", ACCOUNT, "mara") as ledger:
            entries = ledger.entries()
        return [entries[n.key].state if n.key in entries else None for n in made.notes]

    def edit(self, how: Callable[[str], str], since: int = 0) -> None:
        """Let the site edit the titles of the notes from that one on."""
        self.site.notes[since:] = [
            replace(one, title=how(one.title)) for one in self.site.notes[since:]
        ]

    def times(self) -> list[int]:
        """How often each post is there."""
        return list(Counter(one.id for one in self.site.notes).values())


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(tmp_path)


EDITS: dict[str, Callable[[str], str]] = {
    "as they were": str,
    "cut": lambda title: title[:5],
    "cut with dots": lambda title: f"{title[:-1]}…",
    "in capitals": str.upper,
    "masked": lambda title: title.replace(title.split()[-1][1:], "**"),
}


@pytest.mark.parametrize("how", EDITS)
def test_what_went_out_after_a_copy_of_the_ledger_is_not_sent_again(
    account: Account, how: str
) -> None:
    """The copy is put back. What is held stays so when newer notes hide what it is like, until that
    is there no more."""
    account.run(MADE, batch=3)
    account.save()
    account.run(MADE, batch=3)
    account.edit(EDITS[how], since=3)
    account.restore()
    outcomes = account.run(MADE)
    held = [one for one in outcomes if one.state is State.HOLD]
    assert [(one.step, one.note.number) for one in held] == [(Step.LOOKED_UP, n) for n in "456"]
    assert all("already on the account?" in str(one.reason) for one in held)
    posted, unclear = [State.POSTED], [State.UNKNOWN]
    assert account.states(MADE) == posted * 3 + unclear * 3 + posted
    assert account.run(MADE) == []
    assert account.times() == [1] * 7
    del account.site.notes[3:6]  # the ids are places: what follows moves up
    account.site.notes[3:3] = [note(title=f"Something else {n}") for n in "abc"]
    account.run(MADE)
    assert account.states(MADE) == posted * 7


def test_it_is_looked_for_down_to_the_newest_note_that_is_known(account: Account) -> None:
    """However many went out since the copy: more than the newest ones that a marker remembers."""
    made = make_plan(*(f"{a}{b} words of mine" for a in "abcdef" for b in "uvwxyz"))
    account.run(made, batch=1)
    account.save()
    account.run(made, batch=33)
    account.restore()
    account.run(made)
    assert account.times() == [1] * 36


def test_a_note_whose_turn_comes_later_is_compared_before_newer_ones_hide_its_like(
    account: Account,
) -> None:
    account.run(MADE, batch=1)
    account.save()
    account.run(MADE)
    account.restore()
    account.run(MADE, batch=1)
    assert account.states(MADE) == [State.POSTED, *[State.UNKNOWN] * 6]


def test_a_ledger_that_is_new_is_held_by_what_the_site_edited_too(account: Account) -> None:
    account.run(MADE)
    account.edit(EDITS["cut"])
    shutil.rmtree(account.folder)
    account.run(MADE)
    assert account.states(MADE) == [State.UNKNOWN] * 7


@pytest.mark.parametrize("own", ["Lunch", "Kiln day 101", "", "日落"])
def test_the_creators_own_notes_hold_nothing_that_is_unlike(account: Account, own: str) -> None:
    """Put there between two runs and in the middle of one, by hand."""
    made = make_plan("Kiln day 1", "Kiln day 2", "Kiln day 10", "Dawn", "Rain")
    account.run(made, batch=1)
    account.site.notes.append(note(title=own))
    account.run(made, batch=1)
    account.site.at = lambda call: (
        account.site.notes.append(note(title=own)) if call == "mark" else None
    )
    outcomes = account.run(made)
    assert {one.state for one in outcomes if one.step is Step.SETTLED} == {State.POSTED}
    assert account.states(made) == [State.POSTED] * 5


def test_a_note_that_appears_in_the_middle_of_a_run_is_compared_as_well(account: Account) -> None:
    """Somebody posts by hand what is about to go out, while the files of it go up."""
    made = make_plan("Dawn over Porto", "Bread", "Rain")
    hand = iter([made.notes[1]])

    def at(call: str) -> None:
        if call == "prepared" and account.site.prepared[-1] == made.notes[1].id:
            account.site.notes.extend(hand)

    account.site.at = at
    account.run(made)
    assert account.states(made) == [State.POSTED, State.UNKNOWN, State.POSTED]
    assert account.times() == [1, 1, 1]


def test_nothing_is_read_twice_for_notes_that_were_compared(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.site.notes += [note(title=f"Mine {n}") for n in "abc"]
    known: list[int] = []
    mark = FakeSite.mark

    def watched(self: FakeSite, *, known: frozenset[str] = frozenset()) -> Marker:
        sizes.append(len(known))
        return mark(self, known=known)

    sizes = known
    monkeypatch.setattr(FakeSite, "mark", watched)
    account.run(MADE, batch=3)
    assert sizes == [0, 4, 5]


def test_what_we_posted_ourselves_keeps_nothing_like_it_back(account: Account) -> None:
    made = make_plan("My day", "Rain", "My day at work")
    account.run(made, batch=1)
    account.site.notes.append(made.notes[2])
    account.run(made)
    assert account.states(made) == [State.POSTED, State.POSTED, State.UNKNOWN]
    account.site.notes[1] = note(title="Lunch")
    account.run(made)
    assert account.states(made) == [State.POSTED] * 3


def test_what_the_copy_lacks_is_held_in_a_later_plan_too(account: Account) -> None:
    """However many notes went out since, and though some that are newer are known again."""
    early, late = make_plan(*WORDS[:2]), make_plan(*WORDS)
    many = plan(*(post(n, text=f"Words {n} of many") for n in range(101, 131)))
    account.run(early, batch=1)
    account.save()
    account.run(late)
    account.run(many)
    account.edit(EDITS["cut"], since=1)
    account.restore()
    account.run(plan(post(200, text="Of another day")))
    account.run(late)
    assert account.states(late) == [State.POSTED, *[State.UNKNOWN] * 6]
    assert max(account.times()) == 1


def test_what_never_left_before_the_copy_is_compared_like_what_was_never_sent(
    account: Account,
) -> None:
    account.site.answer = lambda _: NotSent("no route")
    with suppress(RetryLater):
        account.run(make_plan("Dawn over Porto"))
    account.save()
    account.site.answer = lambda _: None
    account.run(make_plan("Dawn over Porto"))
    account.restore()
    account.run(make_plan("Dawn over Porto"))
    assert len(account.site.notes) == 1
    assert account.states(make_plan("Dawn over Porto")) == [State.UNKNOWN]
    account.site.notes.clear()
    account.run(make_plan("Dawn over Porto"))
    assert account.states(make_plan("Dawn over Porto")) != [State.UNKNOWN], "it is let go again"
