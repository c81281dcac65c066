"""One note on its way: uploaded, marked, published once, its result on disk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.base import Destination, Unsendable, UploadMemory
from crossover.model.notes import Note, State
from crossover.model.results import (
    Absent,
    HandedOver,
    NotSent,
    Posted,
    PublishResult,
    Refused,
    Unclear,
)
from crossover.model.uploads import Progress
from crossover.transfer.carried_by import carried_by
from crossover.transfer.cut_anew import CUT_ANEW, is_cut_anew
from crossover.transfer.look_up import find_on_account, settle_found
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.stoppable_memory import StoppableMemory
from crossover.transfer.stops import Stops, check_stop
from crossover.transfer.unrecorded import UnrecordedNotes

log = logging.getLogger(__name__)


def send_note(
    note: Note,
    parts: Sequence[Note],
    to: Destination,
    ledger: Ledger,
    memory: UploadMemory,
    progress: Progress,
    stop: Callable[[], bool],
    stops: Stops,
    unrecorded: UnrecordedNotes,
) -> Generator[Outcome, None, Outcome]:
    """Send one note, of the planned `parts` of its post; yields each step, and returns the last
    one. Raises like `transfer`."""
    check_stop(stop)
    if twin := ledger.open_twin(note):
        reason = f"waits: the post of {twin.post} bears the same title, and is unclear"
        ledger.ready(note, reason)
        return (yield from _report(Outcome(Step.SETTLED, note, State.READY, reason)))
    if is_cut_anew(parts, ledger):
        ledger.ready(note, CUT_ANEW)
        return (yield from _report(Outcome(Step.KEPT_BACK, note, State.READY, CUT_ANEW)))
    ledger.uploading(note)
    yield Outcome(Step.UPLOADING, note, State.UPLOADING)
    try:
        stopping = StoppableMemory(memory, lambda: check_stop(stop))
        prepared = to.prepare(note, stopping, progress)
    except Unsendable as exc:
        ledger.ready(note, str(exc))
        return (yield from _report(Outcome(Step.KEPT_BACK, note, State.READY, str(exc))))
    marker = to.mark(known=unrecorded.known)
    yield from unrecorded.keep_back_like(marker)
    if kept_back := unrecorded.kept_back.get(note.key):
        return kept_back
    check_stop(stop)
    # `started` before the request, the result after the answer: a row left at `started` means
    # "we do not know", and is looked up or shown, never sent again blindly.
    ledger.started(note, marker, carried_by(note, parts, ledger.entries_of(note.post)))
    yield Outcome(Step.STARTED, note, State.STARTED)
    try:
        result: PublishResult = to.publish(prepared)
    except Exception:
        log.exception("publish of note %s ended oddly", note.number)
        result = Unclear("the answer could not be read")
    stops.answered(note, result)
    entry = ledger.entry(note.key)
    if entry and entry.attempt > 1:
        result = _doubt_refusal(result)
    last = yield from _report(settle_result(note, result, to, ledger, memory, stops))
    stops.after(last, result)
    return last


def _report(outcome: Outcome) -> Generator[Outcome, None, Outcome]:
    yield outcome
    return outcome


def _doubt_refusal(result: PublishResult) -> PublishResult:
    """Make a no to a second attempt unclear: “used already”, “the same note twice” may say that an
    earlier one worked after all."""
    if isinstance(result, Refused):
        return _RefusedAgain(result.reason, at_risk=result.stop)
    return result


class _RefusedAgain(Unclear):
    """A no that holds only when the note is not on the account."""


def settle_result(
    note: Note,
    result: PublishResult,
    to: Destination,
    ledger: Ledger,
    memory: UploadMemory,
    stops: Stops,
) -> Outcome:
    """Enter the result of a publish call into the ledger. Raises like `Destination.find`."""
    # Uploads are forgotten before the row says that they are used: the other way round, a crash
    # in between would leave them behind for good.
    match result:
        case Posted(receipt=receipt):
            memory.forget()
            ledger.posted(note, receipt)
            return Outcome(Step.SETTLED, note, State.POSTED, receipt=receipt)
        case Refused(reason=reason):
            memory.forget()
            stops.refused(note, reason)
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
            match find_on_account(note, to, ledger), result:
                case Absent(), _RefusedAgain():
                    refused = Refused(reason, "refused")
                    return settle_result(note, refused, to, ledger, memory, stops)
                case Absent(), _:
                    reason = f"{reason}; not on the account yet, it is looked up again"
                    return Outcome(Step.LOOKED_UP, note, State.STARTED, reason)
                case found, _:
                    return settle_found(note, found, ledger, memory)
