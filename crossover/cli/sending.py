"""Sending the next batch, for `upload` and `migrate`: the parts put together, the steps shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from crossover.account import AccountFolder
from crossover.cli.interrupts import stoppable
from crossover.cli.practice import running_rehearsal
from crossover.cli.runlog import log
from crossover.cli.screen import console, count, data, megabytes, say
from crossover.cli.status import WORDS, in_practice
from crossover.destinations.rednote import RedNote
from crossover.errors import PlanOutOfDate
from crossover.files import to_json_line
from crossover.ledger import open_ledger
from crossover.library import read_library
from crossover.limits import limits_of
from crossover.model import Note, Plan
from crossover.plan import check_current, read_plan
from crossover.report import Status, status_of
from crossover.rules import read_rules
from crossover.text import one_line
from crossover.transfer import Outcome, Step, to_send, transfer
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
        running_rehearsal(account.path, faults) as server,
        RedNote.rehearsal(
            port=server.port, files=place.root, part_bytes=part_bytes, limit_rate=limit_rate
        ) as destination,
        open_ledger(account.ledger, destination.whoami()) as ledger,
    ):
        coming = to_send(plan, ledger.entries())[:batch]
        log.info("%d notes to send", len(coming))
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
    check_current(plan, read_library(place.posts), read_rules(place.rules), limits_of(plan.site))
    return plan


Show = Callable[[Outcome], None]


@contextmanager
def _screen(notes: list[Note], *, as_json: bool) -> Iterator[tuple[Show, Callable[[int], None]]]:
    total = sum(_bytes(note) for note in notes)
    if as_json:
        yield _print_event, lambda _: None
        return
    if notes:
        say(
            f"{count(len(notes), 'note')} to practise, {megabytes(total)}. Ctrl-C stops safely; the same command goes on."
        )
    if not console.is_terminal:
        yield _print_line, lambda _: None
        return
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("starting", total=total)

        def show(outcome: Outcome) -> None:
            if outcome.step is Step.UPLOADING:
                bar.update(task, description=one_line(f"note {outcome.note.number}"))
            _print_line(outcome)

        yield show, lambda size: bar.advance(task, size)


def _print_line(outcome: Outcome) -> None:
    if outcome.step in (Step.UPLOADING, Step.STARTED):
        return
    word = WORDS[outcome.state]
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


def _bytes(note: Note) -> int:
    return sum(file.bytes for file in note.media) + (note.cover.bytes if note.cover else 0)
