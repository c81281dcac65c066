"""Which notes go out in a run, one after the other: in practice all of them, on a real account as its
conditions and its pace allow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.account_facts import FactName
from crossover.accounts.ledger.ledger import Ledger
from crossover.errors import NothingDue
from crossover.limits.limits import load_limits
from crossover.model.notes import Note, Plan
from crossover.model.posts import Visibility
from crossover.transfer.conditions.conditions import Asked, agree_on_batch
from crossover.transfer.outcome import GOES_OUT, Outcome, to_send
from crossover.transfer.stops import check_stop
from crossover.transfer.todays_sitting import todays_sitting

_STEP_SECONDS = 5.0
"""A wait is made of such steps: the lid may be closed meanwhile, or the clock be set."""


@dataclass(frozen=True, slots=True)
class OutgoingNote:
    """A note as it goes out. `planned` is the visibility of the plan where another one is sent,
    `digest` that of the creator's agreement, `day` today for them; None in practice."""

    note: Note
    planned: Visibility | None = None
    digest: str | None = None
    day: date | None = None


Outgoing = Callable[[Plan, Ledger], Iterator[OutgoingNote | Outcome]]
"""Gives the notes of a run, each when its turn has come, and what was kept back before. Called once
what an earlier run left open is settled."""


def all_at_once(plan: Plan, ledger: Ledger) -> Iterator[OutgoingNote | Outcome]:
    """The notes of a practice run: all that still go out."""
    for note in to_send(plan, ledger.entries()):
        yield OutgoingNote(note)


def _still_goes_out(note: Note, ledger: Ledger) -> bool:
    entry = ledger.entry(note.key)
    return entry is None or entry.state in GOES_OUT


@dataclass(slots=True)
class Paced:
    """The notes of a run on a real account: those that were agreed to, each at its time. `agreed`
    has all of them once the first one's turn has come."""

    account: AccountFolder
    asked: Asked
    now: Callable[[], datetime]
    stop: Callable[[], bool]
    sleep: Callable[[float], None] = time.sleep
    agreed: tuple[Note, ...] = ()

    def __call__(self, plan: Plan, ledger: Ledger) -> Iterator[OutgoingNote | Outcome]:
        """As `Outgoing`. Raises what `agree_on_batch` raises, before the first note."""
        if not ledger.facts.get(FactName.COMPARED):
            # The account's own list was read just now, and what is like it kept back.
            ledger.facts.put(FactName.COMPARED, "listed", self.asked.operator)
        agreed = agree_on_batch(plan, ledger, self.account, replace(self.asked, now=self.now()))
        declined = set[tuple[str, int]]()
        while True:
            self.agreed = tuple(one.note for one in agreed.notes)
            yield from agreed.kept_back
            for one in agreed.notes:
                day = self._wait_for_turn(ledger)
                if day is None:
                    return
                yield OutgoingNote(one.note, one.planned, one.digest, day)
            # Whoever skips a note wants the next one in its place.
            again = {one.note.key for one in agreed.notes if _still_goes_out(one.note, ledger)}
            if not again or self.asked.batch is not None:
                return
            declined |= again
            asked = replace(self.asked, now=self.now(), declined=frozenset(declined))
            try:
                agreed = agree_on_batch(plan, ledger, self.account, asked)
            except NothingDue:
                return

    def _wait_for_turn(self, ledger: Ledger) -> date | None:
        """Wait until one more note may go out; None where none may any more today. It is looked
        at anew after each step: midnight, a pause, a sleeping computer, another clock."""
        limits = load_limits(self.asked.target.site)
        while True:
            check_stop(self.stop)
            now = self.now()
            sitting = todays_sitting(
                self.account, ledger.went_out(), self.asked.rules, limits, now=now, batch=1
            )
            if not sitting.due:
                return None
            left = (sitting.due[0].time - now).total_seconds()
            if left <= 0:
                return sitting.today
            self.sleep(min(left, _STEP_SECONDS))
