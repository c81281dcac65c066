"""Carries out a plan, note by note, and yields what happened. Never posts a note twice.

    prepare → mark → `started` on disk → publish once → result on disk → next note

Whatever dies in between leaves a row that says how far the note came. A row at `started` is
looked up on the account before anything else is sent; it is never sent again on a guess. After an
unclear answer the request may still be on its way: that a note is not there is believed at the
second look only, when the others are sent, and the next run looks once more before it sends it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.base import Destination, Unsendable, UploadMemory
from crossover.destinations.stopping import StoppingMemory
from crossover.errors import AccountAtRisk, Interrupted, LoginNeeded, RetryLater
from crossover.model.account import Receipt
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan, State
from crossover.model.results import (
    Absent,
    FindResult,
    HandedOver,
    NotKnown,
    NotSent,
    Posted,
    PublishResult,
    Refused,
    Unclear,
)
from crossover.model.uploads import Progress

log = logging.getLogger(__name__)

REFUSALS_IN_A_ROW = 2
"""RedNote said no this often without a yes in between: stop and let the creator look (likely)."""

UNCLEAR_IN_A_ROW = 2
"""As often as this without one clear answer in between, a site is left in peace for now."""

LATER = 3.0
"""Seconds after which a request that was on its way to a site that answers has arrived (likely)."""

_GOES_OUT = {State.READY, State.UPLOADING}
_LOOKED_UP = {State.STARTED, State.UNKNOWN}


class Step(StrEnum):
    """What an outcome tells of."""

    LOOKED_UP = "looked-up"
    UPLOADING = "uploading"
    STARTED = "started"
    SETTLED = "settled"
    KEPT_BACK = "kept-back"  # it cannot be sent as it was planned


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
        and ((entry := entries.get(_key(note))) is None or entry.state in _GOES_OUT)
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
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Settle what a former run left open, then send the next `batch` notes (None: all). A note
    that is kept back before it leaves does not count.

    Raises `Interrupted` once `stop()` is true and a step (a file, a part of one, a note) is done,
    `AccountAtRisk` at the first warning sign, `RetryLater` when notes in a row stay unclear, and
    whatever the destination raises; all of it leaves the state safe.
    """
    looked_up_before = _attempted(plan, ledger)
    yield from _look_up_open(plan, to, ledger, memory)
    yield from _look_again(looked_up_before, to, ledger, memory)
    yield from _keep_back_known(plan, to, ledger)
    refusals, unclear, left = 0, 0, batch
    not_there: list[Note] = []
    for note in to_send(plan, ledger.entries()):
        if left == 0:
            break
        for outcome in _send(note, to, ledger, memory(note), progress, stop):
            yield outcome
            if outcome.step is Step.STARTED and left is not None:
                left -= 1
        if outcome.state is State.STARTED:
            not_there.append(note)
        unclear = unclear + 1 if outcome.state in _LOOKED_UP else 0
        if unclear >= UNCLEAR_IN_A_ROW:
            raise RetryLater(
                f"What became of {unclear} notes in a row is unclear, the last one {note.number}: {outcome.reason}.",
                next="Wait a while; the same command looks for them first.",
            )
        if outcome.state is State.FAILED:
            refusals += 1
        elif outcome.state is State.POSTED:
            refusals = 0
        if refusals >= REFUSALS_IN_A_ROW:
            raise AccountAtRisk(
                f"RedNote refused {refusals} notes in a row, the last one {note.number}: {outcome.reason}.",
                next="Look at the account on your phone before you go on.",
            )
    if not_there:
        _check_stop(stop)
        sleep(LATER)
    for note in not_there:
        yield _look_up(note, to, ledger, memory(note))


def _keep_back_known(plan: Plan, to: Destination, ledger: Ledger) -> Iterator[Outcome]:
    """What is on the account without our knowing why is not sent, until it is there no more. All
    of it is checked before the first note leaves, so a crash in between only means that it is
    checked again. While nothing was ever sent to the account, as far as is known here, that may
    be any note; later on it is those that were kept back."""
    entries = ledger.entries()
    kept = [
        entry.sought(note)
        for note in plan.notes
        if (entry := entries.get(_key(note))) and entry.state is State.UNKNOWN and not entry.attempt
    ]
    is_new = not any(entry.attempt for entry in entries.values())
    notes = kept + (to_send(plan, entries) if is_new else [])
    if not notes:
        return
    for place, (note, found) in enumerate(zip(notes, to.find_all(notes), strict=True)):
        match found:
            case Absent() if place < len(kept):
                reason = "looked up: a note like this is not on the account any more"
                ledger.ready(note, reason)
                yield Outcome(Step.LOOKED_UP, note, State.READY, reason)
                continue
            case Absent():
                continue
            case Receipt():
                reason = "a note like this is already on the account"
            case NotKnown(reason=detail):
                reason = f"a note like this may be on the account already: {detail}"
        if place >= len(kept) or entries[_key(note)].reason != reason:
            ledger.unknown(note, reason)
            yield Outcome(Step.LOOKED_UP, note, State.UNKNOWN, reason)


def _send(
    note: Note,
    to: Destination,
    ledger: Ledger,
    memory: UploadMemory,
    progress: Progress,
    stop: Callable[[], bool],
) -> Iterator[Outcome]:
    _check_stop(stop)
    if twin := _open_twin(note, ledger.entries()):
        reason = f"waits: the post of {twin} bears the same title, and is unclear"
        ledger.ready(note, reason)
        yield Outcome(Step.SETTLED, note, State.READY, reason)
        return
    ledger.uploading(note)
    yield Outcome(Step.UPLOADING, note, State.UPLOADING)
    try:
        stopping = StoppingMemory(memory, lambda: _check_stop(stop))
        prepared = to.prepare(note, stopping, progress)
    except Unsendable as exc:
        ledger.ready(note, str(exc))
        yield Outcome(Step.KEPT_BACK, note, State.READY, str(exc))
        return
    marker = to.mark()
    _check_stop(stop)
    # `started` before the request, the result after the answer: a row left at `started` means
    # "we do not know", and is looked up or shown, never sent again blindly.
    ledger.started(note, marker)
    yield Outcome(Step.STARTED, note, State.STARTED)
    try:
        result: PublishResult = to.publish(prepared)
    except Exception:
        log.exception("publish of note %s ended oddly", note.number)
        result = Unclear("the answer could not be read")
    if _attempt(note, ledger) > 1:
        result = _doubt_refusal(result)
    yield _settle(note, result, to, ledger, memory)
    _stop_at_warning(note, result)


def _open_twin(note: Note, entries: Mapping[tuple[str, int], Entry]) -> str | None:
    """The post of an unclear note that could not be told apart from `note` in a list."""
    for entry in entries.values():
        unclear = entry.state in _LOOKED_UP and entry.attempt
        if unclear and (entry.title, entry.kind) == (note.title, note.kind):
            return entry.post
    return None


def _attempt(note: Note, ledger: Ledger) -> int:
    return ledger.entries()[_key(note)].attempt


def _doubt_refusal(result: PublishResult) -> PublishResult:
    """“Used already”, “the same note twice”: a no to a second attempt may say that an earlier one
    worked after all."""
    if isinstance(result, Refused):
        return _RefusedAgain(result.reason, at_risk=result.stop)
    return result


class _RefusedAgain(Unclear):
    """A no that holds only when the note is not on the account."""


def _settle(
    note: Note,
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
            ledger.not_sent(note, reason)
            return Outcome(Step.SETTLED, note, State.READY, reason)
        case HandedOver(where=where):
            ledger.handed(note, where)
            return Outcome(Step.SETTLED, note, State.HANDED, where)
        case Unclear(reason=reason, at_risk=True) | Unclear(reason=reason, signed_out=True):
            # A site that shows a warning sign is not asked anything more now.
            return Outcome(Step.SETTLED, note, State.STARTED, reason)
        case Unclear(reason=reason):
            log.info("note %s: unclear (%s), looking it up", note.number, reason)
            match _find(note, to, ledger), result:
                case Absent(), _RefusedAgain():
                    return _settle(note, Refused(reason, "refused"), to, ledger, memory)
                case Absent(), _:
                    reason = f"{reason}; not on the account yet, it is looked up again"
                    return Outcome(Step.LOOKED_UP, note, State.STARTED, reason)
                case found, _:
                    return _found(note, found, ledger, memory)


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
        case Unclear(reason=reason, signed_out=True):
            raise LoginNeeded(
                f"RedNote says that you are signed out, at note {note.number}: {reason}.",
                next="Sign in again, then run the same command; it looks for the note first.",
            )
        case _:
            pass


def _attempted(plan: Plan, ledger: Ledger) -> list[Note]:
    """The notes to send that were sent before and not found, as they were then."""
    entries = ledger.entries()
    return [
        entry.sought(note)
        for note in to_send(plan, entries)
        if (entry := entries.get(_key(note))) and entry.markers
    ]


def _look_again(
    notes: Iterable[Note],
    to: Destination,
    ledger: Ledger,
    memory: Callable[[Note], UploadMemory],
) -> Iterator[Outcome]:
    """A note that was not on the account when it was looked up may have come there since: its
    request was still on its way."""
    for note in notes:
        found = _find(note, to, ledger)
        if not isinstance(found, Absent):
            yield replace(_found(note, found, ledger, memory(note)), step=Step.LOOKED_UP)


def _look_up_open(
    plan: Plan, to: Destination, ledger: Ledger, memory: Callable[[Note], UploadMemory]
) -> Iterator[Outcome]:
    notes = {_key(note): note for note in plan.notes}
    by_post = {note.post: note for note in reversed(plan.notes)}
    for key, entry in sorted(ledger.entries().items()):
        known = notes.get(key) or by_post.get(key[0])
        if entry.state not in _LOOKED_UP or known is None or entry.marker is None:
            continue
        note = entry.sought(known)
        outcome = _look_up(note, to, ledger, memory(note))
        yield replace(outcome, step=Step.LOOKED_UP)


def _look_up(note: Note, to: Destination, ledger: Ledger, memory: UploadMemory) -> Outcome:
    return _found(note, _find(note, to, ledger), ledger, memory)


def _find(note: Note, to: Destination, ledger: Ledger) -> FindResult:
    """Made by the last attempt, or by an earlier one that was not seen then?"""
    entries = ledger.entries()
    taken = frozenset(entry.note_id for entry in entries.values() if entry.note_id)
    for marker in entries[_key(note)].markers:
        result = to.find(note, marker, taken=taken)
        if not isinstance(result, Absent):
            return result
    return Absent()


def _found(note: Note, result: FindResult, ledger: Ledger, memory: UploadMemory) -> Outcome:
    match result:
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


def _key(note: Note) -> tuple[str, int]:
    return note.post, note.part[0]


def _check_stop(stop: Callable[[], bool]) -> None:
    if stop():
        raise Interrupted(
            "Stopped as you asked; everything is saved.", next="The same command goes on."
        )
