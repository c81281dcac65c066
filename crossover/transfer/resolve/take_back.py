"""A batch that is on the account, and taking it back: in practice from here, else by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.history import Event, Run
from crossover.accounts.ledger.taken_back import GONE
from crossover.destinations.base import CanRemove
from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, step
from crossover.model.notes import State
from crossover.transfer.resolve.resolver import Resolver

_SENT = ("posted", "handed", "started")
_SHOWN = 6

BY_HAND = "you deleted it there"
IN_PRACTICE = "taken back from the practice account"


@dataclass(frozen=True, slots=True)
class SentNote:
    """A note of a batch: its number, as a creator types it, and its row."""

    number: str
    entry: Entry

    @property
    def is_there(self) -> bool:
        """Whether it is on the account, as far as is known."""
        return self.entry.state is State.POSTED and self.entry.review != GONE


@dataclass(frozen=True, slots=True)
class SentBatch:
    """A run, and the notes that went out or were handed over in it, in the order of the plan."""

    run: Run
    notes: tuple[SentNote, ...]

    @property
    def there(self) -> tuple[SentNote, ...]:
        """Those that are on the account."""
        return tuple(note for note in self.notes if note.is_there)

    @property
    def handed(self) -> tuple[SentNote, ...]:
        """Those whose links are awaited."""
        return tuple(note for note in self.notes if note.entry.state is State.HANDED)


def find_batch(resolver: Resolver, which: str | None) -> SentBatch:
    """Find a batch by its run or its pack; without a name the last one of which a note is still
    there. Raises `UsageProblem` where there is none."""
    history = resolver.ledger.history
    batches = list(_batches(resolver, history.runs(), history.events()))
    if which is not None:
        for batch in batches:
            if which == batch.run.id or any(one.entry.pack == which for one in batch.notes):
                return batch
        known = ", ".join(batch.run.id for batch in batches[:_SHOWN])
        raise UsageProblem(
            f"There is no batch {which!r}.",
            next=f"There are: {known}." if known else "Nothing was sent yet.",
        )
    for batch in batches:
        if batch.there or batch.handed:
            return batch
    raise UsageProblem(
        "There is no batch to take back: nothing of what was sent is on the account.",
        next=Hint(step("status"), " says where every post stands."),
    )


def _batches(
    resolver: Resolver, runs: Sequence[Run], events: Sequence[Event]
) -> Iterator[SentBatch]:
    """Yield the batches, newest first. A note belongs to the last one it went out in."""
    entries = resolver.ledger.entries()
    last: dict[tuple[str, int], str] = {}
    for event in events:
        if event.run and event.kind in _SENT:
            last[event.post, event.part] = event.run
    numbers = {note.key: note.number for note in resolver.plan.notes}
    for run in reversed(runs):
        notes = tuple(
            SentNote(numbers[key], entries[key])
            for key in numbers
            if last.get(key) == run.id and key in entries
        )
        if notes:
            yield SentBatch(run, notes)


def take_back(resolver: Resolver, batch: SentBatch) -> Iterator[SentNote]:
    """Take the notes of a batch off the practice account, the newest first, and yield each that is
    gone. Killed in between, the same call goes on. Raises what `CanRemove.remove` raises, and
    `UsageProblem` where they cannot be taken back from here."""
    to = resolver.destination
    if not isinstance(to, CanRemove) or not resolver.target.is_practice:
        resolver.account.warnings.check_free()
        raise UsageProblem("Notes on a real account are deleted by hand, in RedNote itself.")
    for note in reversed(batch.there):
        if note.entry.note_id:
            to.remove(note.entry.note_id)
        resolver.ledger.taken_back([note.entry], IN_PRACTICE, resolver.operator)
        yield note


def record_deleted(resolver: Resolver, notes: Sequence[SentNote]) -> None:
    """Write that the creator deleted these notes on the account: all of them, or none."""
    entries = [note.entry for note in notes]
    resolver.ledger.taken_back(entries, BY_HAND, resolver.operator)
