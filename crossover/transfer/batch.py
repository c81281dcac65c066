"""Send the next notes of the plan on disk to its target. The same call goes on after any end."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.accounts.warnings import holding_at_risk
from crossover.destinations.open import Target
from crossover.destinations.studio.dialogue import Dialogue, Unattended
from crossover.model.notes import Note, Plan
from crossover.plan.current import current_plan
from crossover.settings.rules import read_calendar_rules
from crossover.transfer.changed_files import read_files_again
from crossover.transfer.conditions.conditions import Asked, check_before_connecting
from crossover.transfer.conditions.questions import Answers
from crossover.transfer.connect import Connect, ConnectOptions, connect_to
from crossover.transfer.outcome import Outcome, Step, to_send
from crossover.transfer.outgoing import Outgoing, Paced, all_at_once
from crossover.transfer.recorded_run import recorded_run
from crossover.transfer.report.status import Status, status_of
from crossover.transfer.run import transfer
from crossover.transfer.session_account import account_of_session
from crossover.transfer.stopped_run import StoppedRun, find_stopped_run
from crossover.transfer.without_text import check_text_agreed
from crossover.workspace import Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is sent: `batch` notes at most (None: all), `limit_rate` bytes a second over all
    uploads, parts of a video of at least `part_bytes` (None: as the limits say), and a file of
    `faults` that shall happen in practice. `without_text`: notes without any text go out so.
    After `max_errors` notes that did not come there no more are sent. `zip`: a pack is written as one
    file as well. `draft`: the studio fills notes in and leaves them as RedNote's own drafts.
    `answers` are what the creator said before that a real account needs to know."""

    batch: int | None = None
    limit_rate: int | None = None
    part_bytes: int | None = None
    faults: Path | None = None
    without_text: bool = False
    max_errors: int | None = None
    zip: bool = False
    draft: bool = False
    answers: Answers = field(default_factory=Answers)


@dataclass(frozen=True, slots=True)
class Sent:
    """How a run ended: every post's state, and the notes that could not go out as planned."""

    status: Status
    kept_back: tuple[Outcome, ...] = ()

    @property
    def needs_look(self) -> bool:
        """Whether something ended in a way the creator should look at."""
        return bool(self.status.needs_you or self.kept_back)


@dataclass(frozen=True, slots=True)
class BatchNotes:
    """The notes that go out now, those that go out in `later` runs, and where all posts stand."""

    notes: tuple[Note, ...]
    later: tuple[Note, ...]
    status: Status


class BatchProgress:
    """Receives what happens in a run, and ignores it; a screen overrides what it shows."""

    def wait(self, last_words: str) -> None:
        """Called when the practice account is slow to start; `last_words` is what it said last."""

    def welcome(self, stopped: StoppedRun) -> None:
        """Called before anything else where the run before this one was cut off."""

    def begin(self, batch: BatchNotes) -> None:
        """Called when the first note goes out. Open ones were looked up before."""

    def step(self, outcome: Outcome) -> None:
        """Called when a note came one step further; it is on disk."""

    def sent(self, size: int) -> None:
        """Called when `size` bytes more of a note are there; `AlreadySent` ones were there
        before."""


def send_batch(
    workspace: Workspace,
    target: Target,
    options: BatchOptions,
    *,
    command: str,
    stop: Callable[[], bool],
    progress: BatchProgress,
    connect: Connect = connect_to,
    dialogue: Dialogue | None = None,
    operator: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Sent:
    """Send the next notes of the plan. The caller holds the workspace; `command` is what another
    run is told that finds the account held, `connect` how the destination is reached, `dialogue` who
    presses publish in the studio, `operator` who sits here.

    Raises what `transfer` raises, `PlanOutOfDate`, `Busy`, and `TextMissing` before anything is
    sent.
    """
    account = AccountFolder(target.account)
    account.warnings.check_free()
    plan, library = current_plan(workspace, target)
    if not options.without_text:
        check_text_agreed(plan, library, workspace, account)
    kept_back, begun = list[Outcome](), False
    outgoing: Outgoing | Paced = all_at_once
    if not target.is_practice:
        rules = read_calendar_rules(workspace.rules)
        asked = Asked(target, rules, options.answers, operator, now(), options.batch)
        check_before_connecting(plan, account, asked)
        outgoing = Paced(account, asked, now, stop, sleep)
    how = ConnectOptions(
        workspace.root,
        library.name or plan.handle,
        options.limit_rate,
        options.part_bytes,
        options.faults,
        progress.wait,
        dialogue or Unattended(),
        options.draft,
    )
    with (
        account.hold(command),
        connect(target, how) as destination,
        holding_at_risk(account.warnings, destination.label),
        open_ledger(
            account.ledger,
            account_of_session(target, destination),
            plan.handle,
            files_by_post(plan.notes),
            now=now,
        ) as ledger,
        _recorded_run(plan, ledger, target, workspace, command, operator, progress),
    ):
        for outcome in transfer(
            plan,
            to=destination,
            ledger=ledger,
            memory=account.memory,
            warnings=account.warnings,
            batch=options.batch,
            progress=progress.sent,
            stop=stop,
            outgoing=outgoing,
            max_errors=options.max_errors,
        ):
            log.info("note %s: %s, %s", outcome.note.number, outcome.step, outcome.state)
            if outcome.step is Step.UPLOADING and not begun:
                begun, going = True, _batch_notes(plan, ledger, outgoing, options.batch)
                log.info("%d notes to send", len(going.notes))
                progress.begin(going)
            if outcome.step is Step.KEPT_BACK:
                kept_back.append(outcome)
                read_files_again(workspace, outcome.note)
            progress.step(outcome)
        return Sent(status_of(plan, ledger.entries()), tuple(kept_back))


@contextmanager
def _recorded_run(
    plan: Plan,
    ledger: Ledger,
    target: Target,
    workspace: Workspace,
    command: str,
    operator: str,
    progress: BatchProgress,
) -> Iterator[None]:
    """Tell of the run before where it was cut off, then write this one into the ledger."""
    if stopped := find_stopped_run(plan, ledger):
        log.warning("the run before was cut off at %s", stopped.at)
        progress.welcome(stopped)
    with recorded_run(ledger, target, workspace, command, operator):
        yield


def _batch_notes(
    plan: Plan, ledger: Ledger, outgoing: Outgoing | Paced, batch: int | None
) -> BatchNotes:
    """The notes of this run, the first of which is on its way, and those of later ones."""
    entries = ledger.entries()
    left = to_send(plan, entries)
    notes = outgoing.agreed if isinstance(outgoing, Paced) else tuple(left[:batch])
    now = {note.key for note in notes}
    later = tuple(note for note in left if note.key not in now)
    return BatchNotes(notes, later, status_of(plan, entries))
