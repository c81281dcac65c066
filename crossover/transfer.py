"""Carries out a plan, note by note, and yields what happened. Never posts a note twice.

    prepare → mark → `started` on disk → publish once → result on disk → next note

Whatever dies in between leaves a row that says how far the note came. A row at `started` is
looked up on the account before anything else is sent; it is never sent again on a guess.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from crossover.destinations.base import ChangedFile, Destination, UploadMemory
from crossover.errors import AccountAtRisk, Interrupted, RetryLater
from crossover.ledger import Entry, Ledger
from crossover.model import (
    Absent,
    Action,
    HandedOver,
    Marker,
    Note,
    NotKnown,
    NotSent,
    Plan,
    Posted,
    Progress,
    PublishResult,
    Receipt,
    Refused,
    State,
    Unclear,
)

log = logging.getLogger(__name__)

REFUSALS_IN_A_ROW = 2
"""RedNote said no this often without a yes in between: stop and let the creator look (likely)."""

_GOES_OUT = {State.READY, State.UPLOADING}
_LOOKED_UP = {State.STARTED, State.UNKNOWN}


class Step(StrEnum):
    """What an outcome tells of."""

    LOOKED_UP = "looked-up"
    UPLOADING = "uploading"
    STARTED = "started"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step of one note, already on disk when it is yielded."""

    step: Step
    note: Note
    state: State
    reason: str | None = None
    receipt: Receipt | None = None


def to_send(plan: Plan, entries: Mapping[tuple[str, int], Entry]) -> list[Note]:
    """The notes that still go out, oldest first: planned to move, and not settled or unclear."""
    return [
        note
        for note in plan.notes
        if note.action is Action.MOVE
        and ((entry := entries.get((note.post, note.part[0]))) is None or entry.state in _GOES_OUT)
    ]


def transfer(
    plan: Plan,
    *,
    to: Destination,
    ledger: Ledger,
    memory: Callable[[Note], UploadMemory],
    batch: int | None = None,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Settle what a former run left open, then send the next `batch` notes (None: all).

    Raises `Interrupted` once `stop()` is true and a step is done, `AccountAtRisk` at the first
    warning sign, and whatever the destination raises; all of it leaves the state safe.
    """
    yield from _look_up_open(plan, to, ledger, memory)
    refusals = 0
    for note in to_send(plan, ledger.entries())[:batch]:
        for outcome in _send(note, to, ledger, memory(note), progress, stop):
            yield outcome
        if outcome.state is State.FAILED:
            refusals += 1
        elif outcome.state is State.POSTED:
            refusals = 0
        if refusals >= REFUSALS_IN_A_ROW:
            raise AccountAtRisk(
                f"RedNote refused {refusals} notes in a row, the last one {note.number}: {outcome.reason}.",
                next="Look at the account on your phone before you go on.",
            )


def _send(
    note: Note,
    to: Destination,
    ledger: Ledger,
    memory: UploadMemory,
    progress: Progress,
    stop: Callable[[], bool],
) -> Iterator[Outcome]:
    _check_stop(stop)
    ledger.uploading(note)
    yield Outcome(Step.UPLOADING, note, State.UPLOADING)
    try:
        prepared = to.prepare(note, memory, progress)
    except ChangedFile as exc:
        ledger.ready(note, str(exc))
        yield Outcome(Step.SETTLED, note, State.READY, str(exc))
        return
    marker = to.mark()
    _check_stop(stop)
    # `started` before the request, the result after the answer: a row left at `started` means
    # "we do not know", and is looked up or shown, never sent again blindly.
    ledger.started(note, marker)
    yield Outcome(Step.STARTED, note, State.STARTED)
    try:
        result: PublishResult = to.publish(prepared)
    except Exception as exc:
        log.exception("publish of note %s ended oddly", note.number)
        result = Unclear(f"the answer could not be read ({type(exc).__name__})")
    yield _settle(note, marker, result, to, ledger, memory)
    _stop_at_warning(note, result)


def _settle(
    note: Note,
    marker: Marker,
    result: PublishResult,
    to: Destination,
    ledger: Ledger,
    memory: UploadMemory,
) -> Outcome:
    # Uploads are forgotten before the row says that they are used: the other way round, a crash
    # in between would leave them behind for good.
    match result:
        case Posted(receipt=receipt):
            memory.forget()
            ledger.posted(note, receipt)
            return Outcome(Step.SETTLED, note, State.POSTED, receipt=receipt)
        case Refused(reason=reason):
            memory.forget()
            ledger.failed(note, reason)
            return Outcome(Step.SETTLED, note, State.FAILED, reason)
        case NotSent(reason=reason):
            ledger.ready(note, reason)
            return Outcome(Step.SETTLED, note, State.READY, reason)
        case HandedOver(where=where):
            ledger.handed(note, where)
            return Outcome(Step.SETTLED, note, State.HANDED, where)
        case Unclear(reason=reason, at_risk=True):
            # A site that shows a warning sign is not asked anything more now.
            return Outcome(Step.SETTLED, note, State.STARTED, reason)
        case Unclear(reason=reason):
            log.info("note %s: unclear (%s), looking it up", note.number, reason)
            return _look_up(note, marker, to, ledger, memory)


def _stop_at_warning(note: Note, result: PublishResult) -> None:
    match result:
        case NotSent(reason=reason):
            raise RetryLater(
                f"Note {note.number} did not leave: {reason}.",
                next="Run the same command again; it goes on where it was.",
            )
        case Refused(reason=reason, stop=True) | Unclear(reason=reason, at_risk=True):
            raise AccountAtRisk(
                f"RedNote showed a warning sign at note {note.number}: {reason}.",
                next="Everything is held. Open RedNote yourself and look before you go on.",
            )
        case _:
            pass


def _look_up_open(
    plan: Plan, to: Destination, ledger: Ledger, memory: Callable[[Note], UploadMemory]
) -> Iterator[Outcome]:
    notes = {(note.post, note.part[0]): note for note in plan.notes}
    by_post = {note.post: note for note in reversed(plan.notes)}
    for key, entry in sorted(ledger.entries().items()):
        known = notes.get(key) or by_post.get(key[0])
        if entry.state not in _LOOKED_UP or known is None or entry.marker is None:
            continue
        note = entry.sought(known)
        outcome = _look_up(note, entry.marker, to, ledger, memory(note))
        yield replace(outcome, step=Step.LOOKED_UP)


def _look_up(
    note: Note, marker: Marker, to: Destination, ledger: Ledger, memory: UploadMemory
) -> Outcome:
    taken = frozenset(e.note_id for e in ledger.entries().values() if e.note_id)
    match to.find(note, marker, taken=taken):
        case Receipt() as receipt:
            memory.forget()
            ledger.posted(note, receipt)
            return Outcome(Step.SETTLED, note, State.POSTED, receipt=receipt)
        case Absent():
            reason = "looked up: it is not on the account"
            ledger.ready(note, reason)
            return Outcome(Step.SETTLED, note, State.READY, reason)
        case NotKnown(reason=reason):
            ledger.unknown(note, reason)
            return Outcome(Step.SETTLED, note, State.UNKNOWN, reason)


def _check_stop(stop: Callable[[], bool]) -> None:
    if stop():
        raise Interrupted(
            "Stopped as you asked; everything is saved.", next="The same command goes on."
        )
