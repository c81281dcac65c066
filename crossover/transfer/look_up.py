"""Notes whose outcome is open are looked for on the account, and never sent again on a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.base import Destination, UploadMemory
from crossover.model.account import Receipt
from crossover.model.notes import Note, Plan, State
from crossover.model.results import Absent, FindResult, NotKnown
from crossover.transfer.outcome import OPEN, Outcome, Step, never_sent, to_send
from crossover.transfer.renamed import Renamed


def keep_back_known(
    plan: Plan, to: Destination, ledger: Ledger, renamed: Renamed
) -> Iterator[Outcome]:
    """Keep back notes that are on the account without our knowing why, until they are there no
    more. All of it is checked before the first note leaves, so a crash in between only means that
    it is checked again. While nothing was ever sent to the account, as far as is known here, or
    notes were seen there that are not known, that may be any note; else it is those that were kept
    back. One that still is stays as it was, and so does one that was `renamed`."""
    entries = ledger.entries()
    kept = [
        entry.as_sent(note)
        for note in plan.notes
        if (entry := entries.get(note.key)) and entry.state is State.UNKNOWN and not entry.markers
        if note.key not in renamed
    ]
    compares_all = not ledger.attempts or ledger.saw_unrecorded()
    notes = kept + (never_sent(plan, entries) if compares_all else [])
    if not notes:
        return
    all_found = to.find_all(notes, taken=ledger.note_ids(), others=ledger.history.others())
    for place, (note, found) in enumerate(zip(notes, all_found, strict=True)):
        was_kept = place < len(kept)
        if was_kept and isinstance(found, Absent):
            reason = "looked up: a note like this is not on the account any more"
            ledger.ready(note, reason)
            yield Outcome(Step.LOOKED_UP, note, State.READY, reason)
        elif not was_kept and not isinstance(found, Absent):
            reason = _why_kept(found)
            ledger.unknown(note, reason)
            yield Outcome(Step.LOOKED_UP, note, State.HOLD, reason)


def _why_kept(found: Receipt | NotKnown) -> str:
    match found:
        case Receipt():
            return "a note like this is already on the account"
        case NotKnown(reason=detail):
            return f"a note like this may be on the account already: {detail}"


def attempted_before(plan: Plan, ledger: Ledger) -> list[Note]:
    """The notes to send that were sent before and not found, as they were then."""
    entries = ledger.entries()
    return [
        entry.as_sent(note)
        for note in to_send(plan, entries)
        if (entry := entries.get(note.key)) and entry.markers
    ]


def look_again(
    notes: Iterable[Note],
    to: Destination,
    ledger: Ledger,
    memory: Callable[[Note], UploadMemory],
) -> Iterator[Outcome]:
    """Look once more for notes that were not on the account when they were looked up: a request
    that was still on its way may have arrived since."""
    for note in notes:
        found = find_on_account(note, to, ledger)
        if not isinstance(found, Absent):
            yield replace(settle_found(note, found, ledger, memory(note)), step=Step.LOOKED_UP)


def look_up_open(
    plan: Plan, to: Destination, ledger: Ledger, memory: Callable[[Note], UploadMemory]
) -> Iterator[Outcome]:
    """Look up every note that was sent and whose outcome is open. Raises like
    `Destination.find`."""
    notes = {note.key: note for note in plan.notes}
    by_post = {note.post: note for note in reversed(plan.notes)}
    for key, entry in sorted(ledger.entries().items()):
        known = notes.get(key) or by_post.get(key[0])
        if entry.state not in OPEN or known is None or entry.marker is None:
            continue
        note = entry.as_sent(known)
        outcome = look_up(note, to, ledger, memory(note))
        yield replace(outcome, step=Step.LOOKED_UP)


def look_up(note: Note, to: Destination, ledger: Ledger, memory: UploadMemory) -> Outcome:
    """Look for one note on the account, and settle it by that. That it is not listed settles nothing
    where a second attempt was refused. Raises like `Destination.find`."""
    found, entry = find_on_account(note, to, ledger), ledger.entry(note.key)
    if isinstance(found, Absent) and entry and ledger.refusal_in_doubt(entry):
        return Outcome(Step.SETTLED, note, State.UNKNOWN, entry.reason)
    return settle_found(note, found, ledger, memory)


def find_on_account(note: Note, to: Destination, ledger: Ledger) -> FindResult:
    """Look for a note that the last attempt made, or an earlier one that was not seen then. Raises
    like `Destination.find`."""
    entry = ledger.entry(note.key)
    taken = ledger.note_ids() | ledger.history.others().get(note.key, frozenset())
    for marker in entry.markers if entry else ():
        result = to.find(note, marker, taken=taken)
        if not isinstance(result, Absent):
            return result
    return Absent()


def settle_found(note: Note, result: FindResult, ledger: Ledger, memory: UploadMemory) -> Outcome:
    """Enter into the ledger what was found: posted, ready to be sent again, or not known."""
    match result:
        case Receipt() as receipt:
            return settle_posted(note, receipt, ledger, memory)
        case Absent():
            reason = "looked up: it is not on the account"
            ledger.ready(note, reason)
            return Outcome(Step.SETTLED, note, State.READY, reason)
        case NotKnown(reason=reason):
            ledger.unknown(note, reason)
            return Outcome(Step.SETTLED, note, State.UNKNOWN, reason)


def settle_posted(note: Note, receipt: Receipt, ledger: Ledger, memory: UploadMemory) -> Outcome:
    """Enter into the ledger that the note is on the account, and tell what went along."""
    # Uploads are forgotten before the row says that they are used: the other way round, a crash in
    # between would leave them behind for good.
    memory.forget()
    ledger.posted(note, receipt)
    entry = ledger.entry(note.key)
    plain_topics = entry.plain_topics if entry else None
    return Outcome(Step.SETTLED, note, State.POSTED, receipt=receipt, plain_topics=plain_topics)
