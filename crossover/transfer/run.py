"""Carries out a plan, note by note, and yields what happened. Never posts a note twice.

    prepare → mark → `started` on disk → publish once → result on disk → next note

Whatever dies in between leaves a row that says how far the note came. A row at `started` is
looked up on the account before anything else is sent; it is never sent again on a guess. After an
unclear answer the request may still be on its way: that a note is not there is believed at the
second look only, when the others are sent, and the next run looks once more before it sends it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import chain, groupby
from operator import attrgetter

from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.warnings import AccountWarnings
from crossover.destinations.base import Destination, UploadMemory
from crossover.model.notes import Note, Plan, State
from crossover.model.uploads import Progress
from crossover.transfer.look_up import (
    attempted_before,
    keep_back_known,
    look_again,
    look_up,
    look_up_open,
)
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.outgoing import Outgoing, all_at_once
from crossover.transfer.renamed import find_renamed, keep_back_renamed
from crossover.transfer.send import Sender
from crossover.transfer.stops import Stops, check_stop
from crossover.transfer.unrecorded import UnrecordedNotes

LATER = 3.0
"""Seconds after which a request that was on its way to a site that answers has arrived (likely)."""


def transfer(
    plan: Plan,
    *,
    to: Destination,
    ledger: Ledger,
    memory: Callable[[Note], UploadMemory],
    warnings: AccountWarnings,
    batch: int | None = None,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], None] = time.sleep,
    outgoing: Outgoing = all_at_once,
    max_errors: int | None = None,
) -> Iterator[Outcome]:
    """Settle what a former run left open, then send the next `batch` notes (None: all) of those that
    go out. A note that is kept back before it leaves does not count, nor one that the creator, whose
    hand publishes, did not want now. After `max_errors` notes that did not come there no more are
    sent.

    Raises `Interrupted` once `stop()` is true and a step (a file, a part of one, a note) is done,
    `AccountAtRisk` at the first warning sign and while the account is held for an earlier one,
    `RetryLater` when notes in a row stay unclear, and whatever the destination raises; all of it
    leaves the state safe.
    """
    warnings.check_free()
    stops = Stops(to.label, warnings)
    looked_up_before = attempted_before(plan, ledger)
    for outcome in chain(
        look_up_open(plan, to, ledger, memory), look_again(looked_up_before, to, ledger, memory)
    ):
        stops.looked_up(outcome)
        yield outcome
    renamed = find_renamed(plan, ledger)
    yield from keep_back_known(plan, to, ledger, renamed)
    yield from keep_back_renamed(plan, ledger, renamed)
    not_found: list[Note] = []
    unrecorded = UnrecordedNotes(plan, ledger)
    sender = Sender(to, ledger, memory, stops, unrecorded, progress, stop)
    parts = {post: tuple(notes) for post, notes in groupby(plan.notes, attrgetter("post"))}
    sent = errors = 0
    for one in outgoing(plan, ledger):
        if isinstance(one, Outcome):
            yield one
            continue
        if sent == batch or errors == max_errors:
            break
        note = one.note
        if note.key in unrecorded.kept_back:
            continue
        before = ledger.attempts
        last = yield from sender.send(one, parts[note.post])
        if last.step is Step.DECLINED:
            continue
        sent += ledger.attempts > before
        errors += last.state not in (State.POSTED, State.HANDED)
        if last.state is State.STARTED:
            not_found.append(note)
    if not_found:
        check_stop(stop)
        sleep(LATER)
    for note in not_found:
        outcome = look_up(note, to, ledger, memory(note))
        stops.looked_up(outcome)
        yield outcome
