"""How far the files of a note are: a bar on a terminal, a calm line elsewhere, an event for
programs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as RichProgress

from crossover.cli.view.screen import console
from crossover.model.notes import Note
from crossover.model.uploads import Known
from crossover.text import one_line

EVERY_SECONDS = 10.0
"""How often a note that takes long is told of where there is no bar."""


class Bar:
    """What is there of all notes to send. Bytes of earlier runs are there, and say nothing of how
    fast the line is."""

    def __init__(self, bar: RichProgress) -> None:
        self._bar = bar
        self._task = bar.add_task("starting", total=None)

    def expect(self, total: int) -> None:
        """So many bytes are to be there in the end."""
        self._bar.update(self._task, total=total)

    def begin(self, note: Note) -> None:
        """What is sent from here on is of `note`."""
        self._bar.update(self._task, description=one_line(f"note {note.number}"))

    def __call__(self, size: int) -> None:
        if isinstance(size, Known):
            (task,) = self._bar.tasks
            self._bar.reset(self._task, completed=int(task.completed) + size)
        else:
            self._bar.advance(self._task, size)


@contextmanager
def bar() -> Iterator[Bar]:
    """A bar at the foot of the terminal, gone in the end."""
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    described = TextColumn("{task.description}", markup=False)
    with RichProgress(described, *columns, console=console, transient=True) as shown:
        yield Bar(shown)


@contextmanager
def fitting() -> Iterator[Callable[[int, int], None]]:
    """A bar of files made fit, where somebody watches."""
    with RichProgress(
        TextColumn("making files fit"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as shown:
        task = shown.add_task("")
        yield lambda done, total: shown.update(task, completed=done, total=total)


class PeriodicProgress:
    """Tells of the note under way, at most every 10 seconds: the note, its bytes that are there,
    and all of them."""

    def __init__(
        self,
        tell: Callable[[Note, int, int], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell = tell
        self._monotonic = monotonic
        self._note: Note | None = None
        self._there = 0
        self._told = 0.0

    def expect(self, total: int) -> None:
        """All notes together are not told of."""

    def begin(self, note: Note) -> None:
        """What is sent from here on is of `note`."""
        self._note, self._there, self._told = note, 0, self._monotonic()

    def __call__(self, size: int) -> None:
        self._there += size
        now = self._monotonic()
        if self._note is not None and now - self._told >= EVERY_SECONDS:
            self._told = now
            self._tell(self._note, self._there, bytes_of(self._note))


def bytes_of(note: Note) -> int:
    """All files of a note together."""
    return sum(file.bytes for file in note.media) + (note.cover.bytes if note.cover else 0)
