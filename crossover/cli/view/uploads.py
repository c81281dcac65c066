"""Sending the next batch, for `upload` and `migrate`: the parts put together, the steps shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import open_ledger
from crossover.cli.interrupts import stoppable
from crossover.cli.log import log
from crossover.cli.view.practice import errors_in_practice, tell_wait
from crossover.cli.view.progress import (
    NotesSent,
    PeriodicProgress,
    bytes_of,
    bytes_text,
    progress,
)
from crossover.cli.view.screen import count, data, megabytes, say
from crossover.cli.view.status import WORDS, in_practice
from crossover.destinations.api.destination import RedNote
from crossover.destinations.practice import running_rehearsal
from crossover.errors import PlanOutOfDate
from crossover.library.posts_file import read_library
from crossover.limits.limits import limits_of
from crossover.model.notes import Note, Plan, State
from crossover.plan.document import check_current, read_plan
from crossover.settings.edits import read_edits
from crossover.settings.rules import read_rules
from crossover.storage.documents import to_json_line
from crossover.text import one_line
from crossover.transfer.outcome import Outcome, Step, to_send
from crossover.transfer.report.status import Status, status_of
from crossover.transfer.run import transfer
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """How a run ended: every post's state, and notes that a changed file kept back."""

    status: Status
    kept_back: int
    profile: Path

    @property
    def exit_code(self) -> int:
        return 3 if self.status.needs_you or self.kept_back else 0


def send(
    place: Workspace,
    *,
    to: str,
    command: str,
    batch: int | None,
    limit_rate: int | None,
    part_bytes: int | None,
    rehearsal: Path | None,
    faults: Path | None,
    as_json: bool,
) -> Sent:
    """Send the next batch of the plan on disk. The same call goes on after any end.

    `limit_rate` is how many bytes a second all uploads together may send, `part_bytes` how long
    the parts of a video are at least (None: as the limits say).
    The caller holds the workspace. Raises what `transfer` raises, `PlanOutOfDate`, `Busy`.
    """
    plan = _current_plan(place, to)
    account = AccountFolder(rehearsal or place.practice)
    kept_back = 0
    with (
        stoppable() as stop,
        account.hold(f"crossover {command}"),
        running_rehearsal(account.path, faults, waiting=tell_wait) as server,
        errors_in_practice(server.profile),
        RedNote.rehearsal(
            port=server.port, files=place.root, part_bytes=part_bytes, limit_rate=limit_rate
        ) as destination,
        open_ledger(account.ledger, destination.whoami()) as ledger,
    ):

        def coming() -> list[Note]:
            return to_send(plan, ledger.entries())[:batch]

        with _screen(coming, as_json=as_json) as (show, progress):
            for outcome in transfer(
                plan,
                to=destination,
                ledger=ledger,
                memory=account.memory,
                batch=batch,
                progress=progress,
                stop=stop,
            ):
                log.info("note %s: %s, %s", outcome.note.number, outcome.step, outcome.state)
                kept_back += outcome.step is Step.KEPT_BACK
                show(outcome)
        status = status_of(plan, ledger.entries())
    return Sent(status, kept_back, server.profile)


def _current_plan(place: Workspace, to: str) -> Plan:
    plan = read_plan(place.plan)
    if plan.to != to:
        raise PlanOutOfDate(
            f"The plan is for {plan.to}, not for {to}.", next=f"Run `crossover plan --to {to}`."
        )
    library, rules, edits = (
        read_library(place.posts),
        read_rules(place.rules),
        read_edits(place.edits),
    )
    check_current(plan, library, rules, edits, limits_of(plan.site))
    return plan


Show = Callable[[Outcome], None]


@contextmanager
def _screen(
    coming: Callable[[], list[Note]], *, as_json: bool
) -> Iterator[tuple[Show, Callable[[int], None]]]:
    """`coming` is asked when the first note goes out: an open one may go out again by then."""
    if as_json:
        reached = PeriodicProgress(_print_progress)
        yield _shown(reached, _print_event, coming, lambda _: None), reached
    else:
        with progress("looking through the account", text=bytes_text) as shown:
            sent = NotesSent(shown)
            yield _shown(sent, _print_line, coming, _print_head), sent


def _shown(
    under_way: NotesSent | PeriodicProgress,
    tell: Show,
    coming: Callable[[], list[Note]],
    begin: Callable[[list[Note]], None],
) -> Show:
    begun = False

    def show(outcome: Outcome) -> None:
        nonlocal begun
        if outcome.step is Step.UPLOADING:
            if not begun:
                begun, notes = True, coming()
                log.info("%d notes to send", len(notes))
                under_way.expect(sum(bytes_of(note) for note in notes))
                begin(notes)
            under_way.begin(outcome.note)
        tell(outcome)

    return show


def _print_head(notes: list[Note]) -> None:
    size = megabytes(sum(bytes_of(note) for note in notes))
    say(
        f"{count(len(notes), 'note')} to practise, {size}. Ctrl-C stops safely; the same command goes on."
    )


def _print_progress(note: Note, there: int, size: int) -> None:
    event = {"event": "progress", "id": note.id, "number": note.number, "state": State.UPLOADING}
    data(to_json_line({**event, "bytes_there": there, "bytes": size}))


def _print_line(outcome: Outcome) -> None:
    if outcome.step in (Step.UPLOADING, Step.STARTED):
        return
    word = "kept back" if outcome.step is Step.KEPT_BACK else WORDS[outcome.state]
    text = f"{outcome.note.number:>5}  {word:<10}  {one_line(outcome.note.title)}"
    if outcome.reason:
        text += f"  ({in_practice(outcome.reason)})"
    elif outcome.step is Step.LOOKED_UP and outcome.receipt:
        text += f"  ({outcome.receipt.evidence})"
    say(text)


def _print_event(outcome: Outcome) -> None:
    receipt = outcome.receipt
    data(
        to_json_line(
            {
                "event": outcome.step,
                "id": outcome.note.id,
                "number": outcome.note.number,
                "state": outcome.state,
                "reason": outcome.reason,
                "note_id": receipt.note_id if receipt else None,
                "url": receipt.url if receipt else None,
                "evidence": receipt.evidence if receipt else None,
            }
        )
    )
