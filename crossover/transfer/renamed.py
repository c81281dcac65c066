"""A post that went out under another TikTok handle: perhaps the creator renamed the account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.model.notes import Note, Plan, State
from crossover.transfer.outcome import OPEN, Outcome, Step, to_send

_MAY_BE_THERE = OPEN | {State.HANDED, State.POSTED}


def keep_back_renamed(plan: Plan, ledger: Ledger) -> Iterator[Outcome]:
    """Keep back notes that look like one of the same second, under another handle, that may be on
    the account. Two TikTok accounts may well post in the same second, but not the same."""
    others = defaultdict(list)
    for entry in ledger.entries_of_others():
        if entry.state in _MAY_BE_THERE:
            others[entry.post].append(entry)
    for note in to_send(plan, ledger.entries()):
        if like := next((entry for entry in others[note.post] if _is_like(note, entry)), None):
            reason = f"a post like this went out from @{like.handle}: is it the same one?"
            ledger.unknown(note, reason)
            yield Outcome(Step.LOOKED_UP, note, State.UNKNOWN, reason)


def _is_like(note: Note, entry: Entry) -> bool:
    if entry.carried is None:
        return entry.title == note.title
    same_words = (entry.title, entry.carried.text) == (note.title, note.description)
    files = {media.sha256 for media in note.media}
    return same_words or not files.isdisjoint(entry.carried.files(entry.part))
