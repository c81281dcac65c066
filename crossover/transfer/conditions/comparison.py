"""Notes that stood on the account before the move: none of them goes out once more unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from crossover.accounts.ledger.account_facts import FactName
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.destinations.codes import NOTE_TYPE
from crossover.destinations.open import Target
from crossover.destinations.own_notes.recognise import find_like
from crossover.model.account import OwnNote
from crossover.model.notes import Note, Plan, State
from crossover.model.posts import Kind
from crossover.transfer.conditions.questions import AccountNotCompared, Answers
from crossover.transfer.outcome import Outcome, Step, never_sent


def check_compared(ledger: Ledger, target: Target, answers: Answers, operator: str) -> None:
    """Check that it is known what stands on the account. An answer is kept. Raises
    `AccountNotCompared`."""
    if ledger.facts.get(FactName.COMPARED):
        return
    if not answers.account_is_empty:
        raise AccountNotCompared(target)
    ledger.facts.put(FactName.COMPARED, "empty", operator)


def keep_back_listed(plan: Plan, ledger: Ledger) -> Iterator[Outcome]:
    """Keep back every note that never went out and is like one that is known to stand on the
    account, unless the creator said that this is another post."""
    ours, others = ledger.note_ids(), ledger.history.others()
    notes = never_sent(plan, ledger.entries())
    listed = [one for one in ledger.listed.all() if one.note_id not in ours]
    if not listed:
        return
    alike: defaultdict[tuple[Kind | None, frozenset[str]], list[Note]] = defaultdict(list)
    for note in notes:
        alike[note.kind, others.get(note.key, frozenset())].append(note)
    for (kind, denied), group in alike.items():
        known = [_as_own(one, kind) for one in listed if one.note_id not in denied]
        for note, like in zip(group, find_like(group, known), strict=True):
            if like is not None:
                reads = f"reads “{like.title}”" if like.title.strip() else "has no title either"
                reason = f"already on the account? A note there {reads}"
                ledger.unknown(note, reason)
                yield Outcome(Step.LOOKED_UP, note, State.HOLD, reason)


def _as_own(listed: ListedNote, kind: Kind | None) -> OwnNote:
    """As a list of the site would show it. Where its kind is not known it may be of this one."""
    type_ = listed.type or (NOTE_TYPE[kind] if kind else "")
    return OwnNote(listed.note_id, listed.title, type_, listed.time, listed.permission)
