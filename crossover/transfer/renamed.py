"""A post that went out under another TikTok handle: perhaps the creator renamed the account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.handles import UNKNOWN, files_by_post, ledger_handle, shares_file
from crossover.accounts.ledger.ledger import Ledger
from crossover.model.notes import Note, Plan, State
from crossover.transfer.outcome import Outcome, Step, to_send

Renamed = Mapping[tuple[str, int], Entry]
"""The row of such a post, by `Note.key` of the note that is like it."""


def find_renamed(plan: Plan, ledger: Ledger) -> Renamed:
    """Find the notes that look like one of the same second, under another handle, that may be on
    the account. Two TikTok accounts may well post in the same second, but not the same; where a
    handle is not known, that cannot be told."""
    others = defaultdict(list)
    for entry in ledger.entries_of_others():
        if entry.may_be_there or entry.state is State.UNKNOWN:
            others[entry.post].append(entry)
    not_these = ledger.history.others()
    is_unknown = ledger_handle(plan.handle) == UNKNOWN
    return {
        note.key: entry
        for note in plan.notes
        for entry in others[note.post]
        if entry.note_id not in not_these.get(note.key, frozenset())
        if is_unknown or entry.handle == UNKNOWN or _is_like(note, entry)
    }


def keep_back_renamed(plan: Plan, ledger: Ledger, renamed: Renamed) -> Iterator[Outcome]:
    """Keep back those of them that would go out."""
    for note in to_send(plan, ledger.entries()):
        if like := renamed.get(note.key):
            reason = f"a post of the same second {_describe(like)}: is it the same one?"
            ledger.unknown(note, reason)
            yield Outcome(Step.LOOKED_UP, note, State.HOLD, reason)


def _describe(entry: Entry) -> str:
    if entry.handle == UNKNOWN:
        return "went out before the name of its account was known"
    return f"went out from @{entry.handle}"


def _is_like(note: Note, entry: Entry) -> bool:
    if entry.carried is None:
        return entry.title == note.title
    same_words = (entry.title, entry.carried.text) == (note.title, note.description)
    return same_words or shares_file(files_by_post([note])[note.post], entry)
