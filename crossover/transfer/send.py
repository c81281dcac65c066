"""One note on its way: uploaded, marked, published once, its result on disk."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.base import (
    CanReadBack,
    Destination,
    NotNow,
    Unsendable,
    UploadMemory,
)
from crossover.destinations.own_notes.search import NotYetListed
from crossover.model.account import Receipt
from crossover.model.notes import Note, State
from crossover.model.results import (
    Absent,
    Declined,
    Drafted,
    NotKnown,
    NotSent,
    Posted,
    Prepared,
    PublishResult,
    Refused,
    Unclear,
    Wish,
)
from crossover.model.uploads import Progress
from crossover.plan.sent import group_sent, is_post_cut_anew
from crossover.plan.sent_as import as_made_now, files_now_of
from crossover.transfer.carried_by import carried_by
from crossover.transfer.look_up import find_on_account, settle_found, settle_posted
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.outgoing import OutgoingNote
from crossover.transfer.stoppable_memory import StoppableMemory
from crossover.transfer.stops import RefusedAgain, Stops, check_stop, stopped
from crossover.transfer.unrecorded import UnrecordedNotes

log = logging.getLogger(__name__)

IN_DRAFTS = "among RedNote's drafts, in the browser that crossover opens"
SAVED_BY_HAND = f"you saved it {IN_DRAFTS}"

_DECLINED = {
    Wish.SKIP: "you skipped it",
    Wish.REDO: "you wanted it filled in anew",
    Wish.STOP: "you stopped before it went out",
}

CUT_ANEW = "a part of this post went out with other pictures than planned here; plan again"


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends notes to `to`, one at a time, as the ledger allows."""

    to: Destination
    ledger: Ledger
    memory: Callable[[Note], UploadMemory]
    stops: Stops
    unrecorded: UnrecordedNotes
    progress: Progress
    stop: Callable[[], bool]

    def send(
        self, outgoing: OutgoingNote, parts: Sequence[Note]
    ) -> Generator[Outcome, None, Outcome]:
        """Send one note, of the planned `parts` of its post; yields each step, and returns the last
        one. Raises like `transfer`."""
        while True:
            last, wish = yield from self._send_once(outgoing, parts)
            if wish is Wish.STOP:
                raise stopped()
            if wish is not Wish.REDO:
                return last

    def _send_once(
        self, outgoing: OutgoingNote, parts: Sequence[Note]
    ) -> Generator[Outcome, None, tuple[Outcome, Wish | None]]:
        """As `send`; also returns what the creator wanted instead."""
        check_stop(self.stop)
        note = outgoing.note
        rows, memory = self.ledger.entries_of(note.post), self.memory(note)
        if twin := self.ledger.open_twin(note):
            reason = f"waits: the post of {twin.post} bears the same title, and is unclear"
            return (yield from self._leave(note, Step.SETTLED, reason)), None
        # Pictures could go out twice, or never.
        files = files_now_of(parts)
        sent = group_sent(as_made_now(row, files) for row in rows.values()).get(note.post, {})
        if is_post_cut_anew(parts, sent):
            return (yield from self._leave(note, Step.KEPT_BACK, CUT_ANEW)), None
        self.ledger.uploading(note)
        yield Outcome(Step.UPLOADING, note, State.UPLOADING)
        try:
            stopping = StoppableMemory(memory, lambda: check_stop(self.stop))
            prepared = self.to.prepare(note, stopping, self.progress)
        except Unsendable as exc:
            return (yield from self._leave(note, Step.KEPT_BACK, str(exc))), None
        except NotNow as exc:
            if exc.wish is Wish.REDO:  # it is still on its way
                return Outcome(Step.DECLINED, note, State.UPLOADING), exc.wish
            reason = _DECLINED.get(exc.wish, "")
            return (yield from self._leave(note, Step.DECLINED, reason)), exc.wish
        marker = self.to.mark(known=self.unrecorded.known)
        yield from self.unrecorded.keep_back_like(marker)
        if kept_back := self.unrecorded.kept_back.get(note.key):
            return kept_back, None
        check_stop(self.stop)
        # `started` before the request, the result after the answer: a row left at `started` means
        # "we do not know", and is looked up or shown, never sent again blindly.
        self.ledger.started(
            note,
            marker,
            carried_by(prepared, parts, rows),
            planned=outgoing.planned,
            day=outgoing.day,
            digest=outgoing.digest,
        )
        yield Outcome(Step.STARTED, note, State.STARTED, plain_topics=prepared.plain_topics)
        result = self._publish(note, prepared)
        last = self._settle(outgoing, result, memory)
        if isinstance(result, Declined) and result.wish is Wish.REDO:
            return last, result.wish
        yield last
        if isinstance(result, Declined):
            return last, result.wish
        self.stops.after(last, result)
        self.unrecorded.learn(last)
        if isinstance(result, Posted) and (dropped := self._read_back(note, result.receipt)):
            self.ledger.not_taken(note, dropped)
            yield replace(last, step=Step.READ_BACK, plain_topics=None, not_taken=dropped)
        return last, None

    def _leave(self, note: Note, step: Step, reason: str) -> Generator[Outcome, None, Outcome]:
        """Leave the note for a later run."""
        self.ledger.ready(note, reason)
        outcome = Outcome(step, note, State.READY, reason)
        yield outcome
        return outcome

    def _publish(self, note: Note, prepared: Prepared) -> PublishResult:
        """Make the publish call. Never raises: what became of the note is not known then."""
        try:
            result = self.to.publish(prepared)
        except Exception:
            log.exception("publish of note %s ended oddly", note.number)
            result = Unclear("the answer could not be read")
        self.stops.answered(note, result)
        entry = self.ledger.entry(note.key)
        if entry and entry.attempt - self._left_nothing(entry) > 1:
            result = _doubt_refusal(result)
        return result

    def _left_nothing(self, entry: Entry) -> int:
        return self.ledger.history.left_nothing((entry.post, entry.part), entry.handle)

    def _settle(
        self, outgoing: OutgoingNote, result: PublishResult, memory: UploadMemory
    ) -> Outcome:
        """Enter the result of a publish call into the ledger. Raises like `Destination.find`."""
        note = outgoing.note
        match result:
            case Posted(receipt=receipt):
                return settle_posted(note, receipt, self.ledger, memory)
            case Drafted(by_hand=by_hand):
                memory.forget()
                reason = SAVED_BY_HAND if by_hand else IN_DRAFTS
                self.ledger.drafted(note, reason)
                return Outcome(Step.SETTLED, note, State.HANDED, reason)
            case Refused(second=True) if found := self._find_first_try(note):
                return settle_found(note, found, self.ledger, memory)
            case Refused(reason=reason):
                memory.forget()  # before its row, as in `settle_posted`
                self.stops.refused(note, reason)
                self.ledger.failed(note, reason)
                return Outcome(Step.SETTLED, note, State.FAILED, reason)
            case NotSent(reason=reason):
                self.ledger.not_sent(note, reason, outgoing.digest)
                return Outcome(Step.SETTLED, note, State.READY, reason)
            case Declined(wish=wish, reason=seen):
                reason = seen or _DECLINED.get(wish, "")
                self.ledger.not_sent(note, reason, outgoing.digest)
                return Outcome(Step.DECLINED, note, State.READY, reason)
            case Unclear(reason=reason, at_risk=True) | Unclear(reason=reason, signed_out=True):
                # A site that shows a warning sign is not asked anything more now.
                return Outcome(Step.SETTLED, note, State.STARTED, reason)
            case Unclear():
                return self._look_up(note, result, memory)

    def _read_back(self, note: Note, receipt: Receipt) -> tuple[str, ...]:
        """What the site dropped of a note that is in the ledger as posted: nothing can unsettle it."""
        if not isinstance(self.to, CanReadBack):
            return ()
        try:
            return self.to.read_back(note, receipt.note_id)
        except Exception:
            log.exception("note %s could not be read back", note.number)
            return ()

    def _find_first_try(self, note: Note) -> Receipt | NotKnown | None:
        """Look whether a refused note is on the account all the same: None where nothing says so.
        Raises like `Destination.find`."""
        found = find_on_account(note, self.to, self.ledger)
        return None if isinstance(found, Absent | NotYetListed) else found

    def _look_up(self, note: Note, result: Unclear, memory: UploadMemory) -> Outcome:
        """Look for a note whose publish call had no clear answer, and settle it by that."""
        log.info("note %s: unclear (%s), looking it up", note.number, result.reason)
        match find_on_account(note, self.to, self.ledger), result:
            case Absent(), RefusedAgain(reason=reason):
                memory.forget()
                self.stops.refused(note, reason)
                why = (
                    f"refused ({reason}), and an earlier try may be there, though it is not listed"
                )
                self.ledger.refused_again(note, reason, why)
                return Outcome(Step.SETTLED, note, State.UNKNOWN, why)
            case Absent(), _:
                reason = f"{result.reason}; not on the account yet, it is looked up again"
                return Outcome(Step.LOOKED_UP, note, State.STARTED, reason)
            case found, _:
                return settle_found(note, found, self.ledger, memory)


def _doubt_refusal(result: PublishResult) -> PublishResult:
    """Make a no to a second attempt unclear: “used already”, “the same note twice” may say that an
    earlier one worked after all."""
    if isinstance(result, Refused):
        return RefusedAgain(result.reason, at_risk=result.stop)
    return result
