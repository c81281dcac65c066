"""Notes on the account that the ledger does not know, compared with those that still go out.

A ledger that was put back from a copy knows less than the account: what went out since the copy
would go out once more, and a site that changed its words does not refuse it as a double.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.own_notes.recognise import find_like
from crossover.model.account import Marker
from crossover.model.notes import Plan, State
from crossover.transfer.outcome import Outcome, Step, never_sent


class UnrecordedNotes:
    """Compares each note that a run sees on the account, and the ledger does not know, once with
    all notes that still go out: also with those whose turn comes when newer notes hide it."""

    def __init__(self, plan: Plan, ledger: Ledger) -> None:
        self._plan = plan
        self._ledger = ledger
        self._known = set(ledger.note_ids())
        self.kept_back: dict[tuple[str, int], Outcome] = {}
        """By `Note.key`, with what was told of each."""

    @property
    def known(self) -> Set[str]:
        """The ids of the notes that are ours, or were compared."""
        return self._known

    def learn(self, outcome: Outcome) -> None:
        """Know the note that just went out."""
        if outcome.receipt is not None:
            self._known.add(outcome.receipt.note_id)

    def keep_back_like(self, marker: Marker) -> Iterator[Outcome]:
        """Keep back every note that still goes out and may be one of those that `marker` lists.
        What was sent before is left to be looked for by its own marker."""
        new = [entry for entry in marker.listed if entry.id not in self._known]
        if not new:
            return
        self._known.update(entry.id for entry in new)
        notes = never_sent(self._plan, self._ledger.entries())
        others = self._ledger.history.others()
        for note, like in zip(notes, find_like(notes, new), strict=True):
            if like is not None and like.id not in others.get(note.key, frozenset()):
                reads = f"reads “{like.title}”" if like.title.strip() else "has no title either"
                reason = f"already on the account? A note there {reads}"
                self._ledger.unknown(note, reason)
                outcome = Outcome(Step.LOOKED_UP, note, State.HOLD, reason)
                self.kept_back[note.key] = outcome
                yield outcome
