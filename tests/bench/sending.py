"""What a note costs that is sent, beside the network, early and late on a large account:
`python -m tests.bench.sending`.

Processor time of the transfer and its ledger alone: the account is in memory, and when to write is
left to the system.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator, Set
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.accounts.warnings import AccountWarnings
from crossover.model.account import Marker, Receipt
from crossover.model.notes import Note, Plan
from crossover.model.results import Posted
from crossover.transfer.outcome import Step
from crossover.transfer.run import transfer
from tests.fakes import FakeMemory, FakeSite
from tests.makers import ACCOUNT, CARRIED, NOON, plan, post
from tests.unsynced import unsynced

GOAL = 1.3
"""A late note costs at most so many times what an early one does."""
NOTES, LATE = 5000, 4900
FIRST, LAST = 10, 60
"""From which to which note of a run is measured."""

_MARKER = Marker(tuple(f"{n:024x}" for n in range(60)), NOON)
_ROW = "SELECT * FROM notes"
_COPY = f"INSERT INTO notes VALUES ({','.join(26 * '?')})"
"""A row begins with site, account and post; its ninth column is the id of the note."""


class ListedSite(FakeSite):
    """A marker of it is as long as that of a real list, whatever was sent."""

    def mark(self, *, known: Set[str] = frozenset()) -> Marker:
        return _MARKER


@dataclass(frozen=True)
class Figures:
    """Seconds of processor time for a note early on and a late one, and until the first note goes
    out in the late run; `readings` of the whole ledger by that run."""

    early: float
    late: float
    resume: float
    readings: int

    @property
    def ratio(self) -> float:
        return self.late / self.early


def measure(folder: Path) -> Figures:
    """Send notes to an empty account and to one that holds 4,900, turn by turn: what else the
    machine does weighs on both alike."""
    made = _made()
    with unsynced():
        _fill(folder / "late.sqlite", made.notes[:LATE])
        with (
            open_ledger(folder / "early.sqlite", ACCOUNT, "mara") as small,
            open_ledger(folder / "late.sqlite", ACCOUNT, "mara") as large,
            patch.object(large, "entries", wraps=large.entries) as entries,
        ):
            early, late = _seconds(made, small, folder), _seconds(made, large, folder)
            next(early)
            resume = next(late)
            pairs = list(zip(early, late, strict=False))[FIRST:]
    return Figures(
        statistics.median(seconds for seconds, _ in pairs),
        statistics.median(seconds for _, seconds in pairs),
        resume,
        entries.call_count,
    )


def _made() -> Plan:
    one = plan(post(1))
    (first,) = one.notes
    notes = tuple(
        replace(first, id=f"p{n:05}", post=f"p{n:05}", number=str(n), title=f"Note {n}")
        for n in range(NOTES)
    )
    return replace(one, notes=notes)


def _fill(path: Path, notes: tuple[Note, ...]) -> None:
    """A ledger in which all of them are posted."""
    first, *others = notes
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(first, _MARKER, CARRIED)
        ledger.posted(first, Receipt(f"{0:024x}", None, "the answer"))
    with closing(sqlite3.connect(path)) as db, db:
        (row,) = db.execute(_ROW)
        db.executemany(
            _COPY,
            (
                (*row[:2], note.post, *row[3:8], f"{n:024x}", *row[9:])
                for n, note in enumerate(others, 1)
            ),
        )


def _seconds(made: Plan, ledger: Ledger, folder: Path) -> Iterator[float]:
    """Seconds until the first note goes out, then what each note takes."""
    site = ListedSite(answer=lambda note: Posted(Receipt(f"n{note.number}", None, "the answer")))
    steps = transfer(
        made,
        to=site,
        ledger=ledger,
        memory=lambda _: FakeMemory(),
        warnings=AccountWarnings(folder),
        batch=LAST,
    )
    began = time.process_time()
    for step in steps:
        if step.step is Step.UPLOADING:
            yield time.process_time() - began
            began = time.process_time()


def told(figures: Figures) -> str:
    """The figures as a person reads them."""
    return (
        f"an early note {figures.early * 1000:.2f} ms, the 4,900th {figures.late * 1000:.2f} ms:"
        f" {figures.ratio:.2f}, goal {GOAL}; the first of a run after 4,900 comes after"
        f" {figures.resume:.2f} s, {figures.readings} readings of the ledger"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(told(measure(Path(folder))))  # noqa: T201  a bench tells
