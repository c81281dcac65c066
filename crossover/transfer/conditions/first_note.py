"""The first note on a real account: it goes out alone and for the creator's eyes only, and is
looked at on a phone before the others follow."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.accounts.ledger.account_facts import FactName
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.records import AccountRecords
from crossover.model.notes import Note, Plan, State
from crossover.transfer.conditions.questions import Answers, FirstNoteUnchecked, FirstNoteWaits


def has_first_note(records: AccountRecords, rows: Iterable[Entry]) -> bool:
    """Whether a note went out to the account with these rows before, or may have."""
    return bool(records.facts.get(FactName.FIRST_NOTE_OK)) or _first_there(rows) is not None


def check_first_note(plan: Plan, ledger: Ledger, answers: Answers, operator: str) -> bool:
    """Whether the next note is the first on its account. An answer is kept.

    Raises `FirstNoteWaits` while the first one is not known to be there, and `FirstNoteUnchecked`
    until the creator looked at it. One that was refused, or deleted, is not the first any more.
    """
    if ledger.facts.get(FactName.FIRST_NOTE_OK):
        return False
    first = _first_there([*ledger.entries().values(), *ledger.entries_of_others()])
    if first is None:
        return True
    note = _planned(plan, first)
    if first.state is not State.POSTED:
        raise FirstNoteWaits(first, note)
    if not answers.first_note_is_ok:
        raise FirstNoteUnchecked(first, note)
    ledger.facts.put(FactName.FIRST_NOTE_OK, first.note_id or "", operator)
    return False


def _first_there(entries: Iterable[Entry]) -> Entry | None:
    """Of the notes that may be on the account, one that is known to be there, else the oldest."""
    there = [entry for entry in entries if entry.may_be_there]
    posted = [entry for entry in there if entry.state is State.POSTED]
    known = [entry for entry in posted or there if entry.out_at]
    return min(known, key=lambda e: (e.out_at, e.post), default=next(iter(posted or there), None))


def _planned(plan: Plan, entry: Entry) -> Note | None:
    return next((note for note in plan.notes if note.key == (entry.post, entry.part)), None)
