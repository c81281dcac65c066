"""A run that was cut off: its process was killed, or the computer went off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crossover.accounts.ledger.ledger import Ledger
from crossover.model.notes import Note, Plan, State
from crossover.transfer.report.status import Status, status_of


@dataclass(frozen=True, slots=True)
class StoppedRun:
    """What is known of a run that was cut off. `at` (UTC) is the last moment that it left on disk;
    `note` is the one on its way then, as it was sent, and None between two notes. `status` is where
    every post stands since."""

    at: datetime
    note: Note | None
    state: State | None
    status: Status


def find_stopped_run(plan: Plan, ledger: Ledger) -> StoppedRun | None:
    """Find whether the last run on the account was cut off. The caller holds the account, so that
    no run goes on, and has not begun one. Raises `LedgerError`."""
    run = ledger.history.last_run()
    if run is None or run.ended is not None:
        return None
    at, key = ledger.history.cut_off_at(run)
    entries = ledger.entries()
    entry = entries.get(key) if key else None
    note = next((note for note in plan.notes if note.key == key), None) if entry else None
    if entry and note:
        note = entry.as_sent(note)
    state = entry.state if entry and note else None
    return StoppedRun(at, note, state, status_of(plan, entries))
