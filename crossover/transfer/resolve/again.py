"""A new attempt at a note that was refused, is gone from the account, or whose pack got lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crossover.accounts.ledger.answers import CreatorAnswer
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.history import Word
from crossover.destinations.base import Destination
from crossover.errors import UsageProblem
from crossover.model.account import Receipt
from crossover.model.choices import Action
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, State
from crossover.plan.changed_since import Difference, changed_since
from crossover.transfer.look_up import find_on_account
from crossover.transfer.resolve.resolver import Resolver


class StillThere(UsageProblem):
    """The old note is on the account: a new one would be its double."""

    id = "still-there"

    def __init__(self, note: Note, url: str | None) -> None:
        where = f": {url}" if url else ""
        super().__init__(
            f"Note {note.number} is still on the account{where}. A new one would be a double.",
            next=Hint(
                "Delete it there first, then run ",
                step("again", note.number),
                ". If it is to stay, there is nothing to do.",
            ),
        )
        self.note, self.url = note, url


@dataclass(frozen=True, slots=True)
class Retry:
    """A note as it went out or was handed over (`entry`), and as it would now (`note`). Without
    `differences` it goes out as it was. `is_looked_up`: the account was looked at, and the old one
    is not there."""

    note: Note
    entry: Entry
    differences: tuple[Difference, ...]
    is_looked_up: bool


def prepare_retry(resolver: Resolver, note: Note) -> Retry:
    """Find out what a new attempt at a note would send, and that the old one is not there, where
    that can be seen. Writes nothing.

    Raises `StillThere`, `UsageProblem` where there is nothing to try anew, `AccountHeld`, and what
    looking raises.
    """
    entry = resolver.ledger.entry(note.key)
    _check_is_over(note, entry)
    if entry is None:
        raise TypeError("a note without a row is not over")
    if note.action is not Action.MOVE:
        raise UsageProblem(
            f"Note {note.number} would not go out: {note.reason}.",
            next=Hint("Change that first, then ", step("plan"), "."),
        )
    resolver.account.warnings.check_free()
    if resolver.destination is not None:
        _check_gone(resolver, resolver.destination, note, entry)
    return Retry(note, entry, changed_since(note, entry), resolver.destination is not None)


def _check_is_over(note: Note, entry: Entry | None) -> None:
    match entry.state if entry else State.READY:
        case State.FAILED | State.POSTED | State.HANDED:
            return
        case State.STARTED | State.UNKNOWN:
            raise UsageProblem(
                f"What became of note {note.number} is not known yet, so it is not sent anew.",
                next=Hint("Settle that first: ", step("resolve", note.number), "."),
            )
        case _:
            raise UsageProblem(
                f"Note {note.number} goes out with the next upload; there is nothing to try anew.",
                next=Hint("Run ", step("upload"), "."),
            )


def _check_gone(resolver: Resolver, to: Destination, note: Note, entry: Entry) -> None:
    """Raise `StillThere` where the old note is listed, or one that the attempt may have made."""
    listed = {one.note_id: one.url for one in resolver.read_list()}
    if entry.note_id in listed:
        raise StillThere(note, listed[entry.note_id])
    if entry.state is State.FAILED and entry.markers:
        found = find_on_account(entry.as_sent(note), to, resolver.ledger)
        if isinstance(found, Receipt):
            raise StillThere(note, found.url)


def write_retry(resolver: Resolver, retry: Retry) -> None:
    """Write that the creator wants a new attempt: the next upload sends the note, or hands it over,
    once more. The attempts before stay counted."""
    entry = retry.entry
    resolver.write(
        [
            CreatorAnswer(
                retry.note,
                State.READY,
                Word.AGAIN,
                f"you asked for a new attempt; before, {_before(entry)}",
                resolver.operator,
                not_out=entry.state is State.HANDED,
            )
        ]
    )


def _before(entry: Entry) -> str:
    match entry.state:
        case State.FAILED:
            return f"it was refused: {entry.reason}"
        case State.HANDED:
            where = f"in pack {entry.pack}" if entry.pack else "as a draft"
            return f"it was handed over {where}"
        case _:
            return f"it was at {entry.url or entry.note_id}"


def unchanged(retry: Retry) -> Iterator[str]:
    """Name what is the same in both, as a creator calls it."""
    changed = {one.field for one in retry.differences}
    names = {"title": "title", "text": "text", "visibility": "visibility"}
    yield from (name for field, name in names.items() if field not in changed)
    if not changed & {"files", "order", "cover"}:
        yield "files"
