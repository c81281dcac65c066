"""Fetching what the links lead to, for `fetch` and `migrate`: the parts put together, shown."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from crossover.cli.interrupts import stoppable
from crossover.cli.runlog import log
from crossover.cli.screen import console, count, megabytes, say
from crossover.errors import CrossoverError, Interrupted, RetryLater
from crossover.fetch import FOLDER, Line, LinkEnd, Settled, settle, survey, to_fetch
from crossover.files import explain_os_error
from crossover.library import Library, read_library, write_library
from crossover.media.fetching.addresses import ByHand
from crossover.media.fetching.connections import Watch
from crossover.media.fetching.kept import part_bytes, sweep_records
from crossover.media.fetching.outcome import LinkState, Result, Wanted
from crossover.media.fetching.several import HANDS, fetch, in_order
from crossover.media.fetching.sizes import ask_sizes, guess_total
from crossover.media.fetching.wire import Wire
from crossover.media.probe import MP4
from crossover.sums import read_sums
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a run ended. `received` and `free` are bytes; `early` is why it did not go to its end."""

    library: Library
    links: tuple[LinkEnd, ...]
    bare: tuple[int, ...]
    received: int
    free: int
    early: CrossoverError | None = None

    @property
    def waiting(self) -> int:
        """Links that a later run may still fetch."""
        return sum(link.state is LinkState.LATER for link in self.links)


def fetch_files(place: Workspace, by_hand: ByHand | None, *, quiet: bool) -> Fetched:
    """Fetch what the posts of `place` link to and take it into posts.json, as far as it got.

    The caller holds the workspace. An end before the end (`Interrupted`, `RetryLater` on a full
    disk) is in the answer, after everything that came was saved. `quiet` shows nothing.
    """
    library = read_library(place.posts)
    lines = survey(library, place.root, datetime.now(UTC))
    wanted = in_order(to_fetch(lines))
    sums = read_sums(place.sums)
    results: dict[str, Result] = {}
    early: CrossoverError | None = None
    meter = _Meter()
    if wanted:
        folder = place.root / FOLDER
        with stoppable() as stop, Wire(Watch(stop), by_hand=by_hand) as wire:
            total = _announce(wanted, wire, place, quiet=quiet)
            try:
                with _screen(lines, wanted, meter, total, quiet=quiet) as show:
                    for one, result in fetch(wanted, folder, wire, meter.add):
                        results[one.key] = result
                        if result.path and result.sha256:
                            sums.remember(result.path, result.sha256)
                        show(one, result)
            except RetryLater as exc:
                early = exc
            if stop():
                early = Interrupted(
                    "Stopped, as you asked. What came is kept.",
                    next="The same command goes on where it was.",
                )
    try:
        settled = settle(library, lines, results, place.root, sums)
        if settled.library != library:
            write_library(place.posts, settled.library)
        sums.save(place.sums)
        sweep_records(place.root / FOLDER)
        free = shutil.disk_usage(place.root).free
    except OSError as exc:
        raise explain_os_error(exc, place.media) from exc
    _log(settled)
    return Fetched(settled.library, settled.links, settled.bare, meter.received, free, early)


def _announce(wanted: Sequence[Wanted], wire: Wire, place: Workspace, *, quiet: bool) -> int | None:
    """Say how much is to come and how much room there is; bytes to come, where known."""
    total = guess_total(wanted, ask_sizes(wanted, wire, hands=HANDS))
    if total is not None:
        total = max(0, total - sum(part_bytes(place.root / FOLDER, one.stem) for one in wanted))
    free = shutil.disk_usage(place.root).free
    log.info("%d files to fetch, %s bytes, %d free", len(wanted), total, free)
    if quiet:
        return total
    size = "of unknown size" if total is None else f"about {megabytes(total)}"
    say(f"{count(len(wanted), 'file')} to fetch, {size}; you have {megabytes(free)} free.")
    if total is not None and total > free:
        say("That is more than there is room for. What fits is fetched, soonest deadline first.")
    say("Ctrl-C stops safely; the same command goes on.", style="dim")
    return total


def _log(settled: Settled) -> None:
    for link in settled.links:
        name = "cover" if link.cover else f"link {link.place}"
        log.info("post %d, %s: %s %s", link.number, name, link.state, link.reason)


class _Meter:
    """Bytes received, counted by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self.received = 0
        self.kept = 0
        self.moved: Callable[[int], None] = lambda _: None

    def add(self, size: int) -> None:
        with self._lock:
            self.received += max(0, size)
            self.kept += size
        self.moved(size)

    def rate(self) -> float:
        """Bytes a second since the beginning."""
        return self.received / max(time.monotonic() - self._began, 0.001)


Show = Callable[[Wanted, Result], None]


@contextmanager
def _screen(
    lines: Sequence[Line],
    wanted: Sequence[Wanted],
    meter: _Meter,
    total: int | None,
    *,
    quiet: bool,
) -> Iterator[Show]:
    names = {line.wanted.key: _name(line) for line in reversed(lines)}
    if quiet:
        yield lambda *_: None
        return
    if not console.is_terminal:
        done = 0

        def line(one: Wanted, result: Result) -> None:
            nonlocal done
            done += 1
            left = _left(meter, total)
            say(f"{_told(names[one.key], result)}  [{done} of {len(wanted)}, {left}]")

        yield line
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
        task = bar.add_task("fetching", total=total)
        meter.moved = lambda size: bar.advance(task, size)

        def above(one: Wanted, result: Result) -> None:
            if result.state is not LinkState.FETCHED:
                say(_told(names[one.key], result))

        yield above


def _name(line: Line) -> str:
    if line.is_cover:
        return f"{line.number:>5}  cover"
    return f"{line.number:>5}  {'video' if MP4 in line.wanted.kinds else f'picture {line.place}'}"


def _told(name: str, result: Result) -> str:
    size = f"  {megabytes(result.bytes)}" if result.state is LinkState.FETCHED else ""
    return f"{name:<17}  {result.state}{size}"


def _left(meter: _Meter, total: int | None) -> str:
    rate = meter.rate()
    said = f"{megabytes(meter.kept)}, {megabytes(int(rate))}/s"
    if total is None or rate <= 0:
        return said
    seconds = max(0, total - meter.kept) / rate
    wait = f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
    return f"{said}, about {wait} left"
