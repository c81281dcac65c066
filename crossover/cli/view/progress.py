"""How far a long work is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from crossover.cli.view.screen import console, megabytes, say
from crossover.media.fit.progress import FitProgress, FitStage
from crossover.text import one_line

FIRST_SECONDS = 1.5
"""A work that takes longer is told of where there is no bar,"""
LINE_SECONDS = 5.0
"""and then this often."""
ENOUGH_SECONDS, ENOUGH_SHARE = 3.0, 0.05
"""The time left is told after so many seconds of a work, or so much of it: the first files of many
tell little."""
_LOOK_SECONDS = 0.25
"""How often the clock is looked at, and the bar painted."""


def number_text(number: float) -> str:
    """Format as `5,000`."""
    return f"{number:,.0f}"


def bytes_text(size: float) -> str:
    """Format as `12.5 MB`."""
    return megabytes(int(size))


def film_text(seconds: float) -> str:
    """Format seconds of film as `12:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,}:{rest:02}"


class WorkProgress:
    """What is done of a work, how fast it goes and how long it still takes.

    `text` says an amount as people do. Several threads may count. Amounts that were there before
    (`known`) say nothing of the speed.
    """

    def __init__(
        self,
        what: str,
        total: int | None = None,
        *,
        text: Callable[[float], str] = number_text,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._next = monotonic() + FIRST_SECONDS
        self.begin(what, total, text=text)

    def begin(
        self,
        what: str,
        total: int | None = None,
        *,
        text: Callable[[float], str] = number_text,
        after_total: str = "",
    ) -> None:
        """From here on it is this work. `after_total` is said behind what there is in the end."""
        with self._lock:
            self.what, self.total, self._text = what, total, text
            self._after_total, self._count = after_total, ""
            self.done = self._known = 0
            self._began = self._monotonic()

    def stage(
        self, what: str, *, text: Callable[[float], str] = number_text
    ) -> Callable[[int, int], None]:
        """For a work of several: tells that so much of so much is done of this one, which begins
        with the first call."""

        def at(done: int, total: int) -> None:
            if self.what != what:
                self.begin(what, text=text)
            self.at(done, total)

        return at

    def rename(self, what: str) -> None:
        """Call the same work otherwise."""
        self.what = what

    def count(self, text: str) -> None:
        """Say this, as `3 of 6 files`, before the amounts."""
        self._count = text

    def expect(self, total: int | None) -> None:
        """So much is to be done in the end; None when nobody knows."""
        self.total = total

    def advance(self, more: int = 1) -> None:
        """So much more is done; less than nothing when it was in vain."""
        with self._lock:
            self.done += more

    def known(self, more: int) -> None:
        """So much was done before."""
        with self._lock:
            self.done += more
            self._known += more

    def at(self, done: int, total: int | None = None) -> None:
        """So much is done, of so much. Less than before is another work of the same name."""
        with self._lock:
            if done < self.done:
                self._began = self._monotonic()
            self.done, self.total = done, total

    def state(self, *, rate: bool = False) -> str:
        """`120 of 5,000, about 3 min left`, with `rate` the speed as well; empty when there is
        nothing to tell."""
        parts = [self._count] if self._count else []
        if self.total is not None:
            so_far, total = self._text(min(self.done, self.total)), self._text(self.total)
            parts.append(f"{so_far} of {total}{self._after_total}")
        elif self.done:
            parts.append(self._text(self.done))
        seconds = max(self._monotonic() - self._began, 0.001)
        done = self.done - self._known
        if done > 0:
            if rate:
                parts.append(self._speed(done / seconds))
            left = ((self.total or 0) - self.done) * seconds / done
            enough = seconds >= ENOUGH_SECONDS or done >= ENOUGH_SHARE * (self.total or 0)
            if enough and left >= 1:
                parts.append(f"about {duration_text(left)} left")
        return ", ".join(parts)

    def line(self) -> str:
        """Format as `fitting files: 120 of 5,000, about 3 min left`."""
        return one_line(f"{self.what}: {self.state()}".removesuffix(": "))

    def tell(self, say_line: Callable[[str], None]) -> None:
        """Say the line when it is time: first after 1.5 seconds, then every 5. A work that has
        nothing to tell, or is at its end, has none."""
        now = self._monotonic()
        ended = self.total is not None and self.done >= self.total
        if now >= self._next and not ended and self.state():
            self._next = now + LINE_SECONDS
            say_line(self.line())

    def _speed(self, speed: float) -> str:
        if self._text is film_text:
            return f"{speed:.1f} times as fast as it plays"
        if self._text is number_text and speed < 1:
            return f"{speed * 60:.0f}/min"
        return f"{self._text(speed)}/s"


def fitting(shown: WorkProgress) -> FitProgress:
    """Tell on `shown` how far making files fit is."""
    stages = {
        FitStage.CHECK: shown.stage("checking files"),
        FitStage.LOOK: shown.stage("fitting files"),
        FitStage.SHAPE: shown.stage("reshaping pictures"),
        FitStage.COVER: shown.stage("making covers"),
        FitStage.WATERMARK: shown.stage("looking for TikTok's watermark"),
        FitStage.REMUX: shown.stage("repacking videos"),
        FitStage.CONVERT: shown.stage("converting videos", text=film_text),
    }
    return lambda stage, done, total: stages[stage](done, total)


def duration_text(seconds: float) -> str:
    """Format as `45 s`, `12 min` or `3.5 h`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 90 * 60 else f"{seconds / 3600:.1f} h"


@contextmanager
def progress(
    what: str,
    total: int | None = None,
    *,
    text: Callable[[float], str] = number_text,
    quiet: bool = False,
) -> Iterator[WorkProgress]:
    """Show how far the work in the block is; `quiet` shows nothing."""
    shown = WorkProgress(what, total, text=text)
    if quiet:
        yield shown
        return
    painting: AbstractContextManager[Callable[[], None]] = (
        _bar(shown)
        if console.is_terminal
        else nullcontext(lambda: shown.tell(lambda line: say(line)))
    )
    with painting as paint, repeated(paint):
        yield shown


@contextmanager
def _bar(shown: WorkProgress) -> Iterator[Callable[[], None]]:
    """Show a bar at the foot of the terminal, gone in the end."""
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[state]}", markup=False),
    )
    with RichProgress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(one_line(shown.what), total=None, state="")

        def paint() -> None:
            bar.update(
                task,
                description=one_line(shown.what),
                total=shown.total,
                completed=shown.done,
                state=shown.state(rate=True),
                refresh=True,
            )

        yield paint


@contextmanager
def repeated(act: Callable[[], None]) -> Iterator[None]:
    """Do it again and again beside the block: a single step of it may take long."""
    ended = threading.Event()

    def run() -> None:
        with suppress(OSError):  # a screen that is gone is no reason to end
            while not ended.wait(_LOOK_SECONDS):
                act()

    thread = threading.Thread(target=run, name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
