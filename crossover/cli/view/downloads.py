"""Fetching what the links lead to, for `fetch` and `migrate`: the parts put together, shown."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rich.filesize import decimal

from crossover.cli.log import log
from crossover.cli.view.progress import progress
from crossover.cli.view.screen import console, count, say
from crossover.errors import CrossoverError, Interrupted, RetryLater
from crossover.library.link_survey import FOLDER, Line, LinkEnd, Settled, settle, survey, to_fetch
from crossover.library.posts_file import Library, read_library, write_library
from crossover.media.download.addresses import ByHand
from crossover.media.download.connections import Watch
from crossover.media.download.disk_space import SPARE
from crossover.media.download.http import Wire
from crossover.media.download.leftovers import part_bytes, sweep_parts
from crossover.media.download.outcomes import STATE_WORDS, LinkState, Result, Wanted
from crossover.media.download.outcomes_file import Outcomes, read_outcomes
from crossover.media.download.queue import HANDS, fetch, in_order
from crossover.media.download.sizes import ask_sizes, guess_total
from crossover.media.probe import MP4
from crossover.storage.checksums import read_sums
from crossover.storage.os_errors import explain_os_error
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
        return sum(link.state is LinkState.LATER for link in self.links) + self.no_room

    @property
    def failed(self) -> bool:
        """Whether links left a post without its files; one without links never had any."""
        linked = {link.number for link in self.links if not link.cover}
        return not linked.isdisjoint(self.bare)

    @property
    def no_room(self) -> int:
        """Those of them that wait for room on the disk."""
        return sum(link.state is LinkState.NO_ROOM for link in self.links)


def fetch_files(
    place: Workspace,
    by_hand: ByHand | None,
    stop: Callable[[], bool],
    *,
    anew: bool,
    quiet: bool,
) -> Fetched:
    """Fetch what the posts of `place` link to and take it into posts.json, as far as it got.

    The caller holds the workspace. An end before the end (`Interrupted` once `stop` is true,
    `RetryLater` on a full disk) is in the answer, after everything that came was saved. `anew`
    tries again what ended for good in an earlier run. `quiet` shows nothing.
    """
    library = read_library(place.posts)
    folder = place.root / FOLDER
    now = datetime.now(UTC)
    outcomes = read_outcomes(folder)
    lines = survey(library, place.root, now, Outcomes() if anew else outcomes)
    wanted = in_order(to_fetch(lines))
    sums = read_sums(place.sums)
    results: dict[str, Result] = {}
    early: CrossoverError | None = None
    meter = _Meter()
    if wanted:
        watch = Watch(stop, told=(lambda _: None) if quiet else _say_wait)
        with Wire(watch, by_hand=by_hand) as wire:
            with progress("asking how large the files are", len(wanted), quiet=quiet) as shown:
                sizes = ask_sizes(wanted, wire, hands=HANDS, asked=shown.advance)
            wanted = [replace(one, size=sizes.get(one.key)) for one in wanted]
            total = _announce(wanted, sizes, place, quiet=quiet)
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
        tried = ((line.wanted, results.get(line.wanted.key)) for line in lines)
        if (after := outcomes.after(tried, now)) != outcomes:
            after.save(folder)
        sweep_parts(folder)
        free = shutil.disk_usage(place.root).free
    except OSError as exc:
        raise explain_os_error(exc, place.media) from exc
    _log(settled)
    return Fetched(settled.library, settled.links, settled.bare, meter.received, free, early)


def _announce(
    wanted: Sequence[Wanted], sizes: dict[str, int], place: Workspace, *, quiet: bool
) -> int | None:
    """Say how much is to come and how much room there is; bytes to come, where known."""
    total = guess_total(wanted, sizes)
    if total is not None:
        total = max(0, total - sum(part_bytes(place.root / FOLDER, one.stem) for one in wanted))
    free = shutil.disk_usage(place.root).free
    log.info("%d files to fetch, %s bytes, %d free", len(wanted), total, free)
    if quiet:
        return total
    size = "of unknown size" if total is None else f"about {decimal(total)}"
    files, room = (
        count(len(wanted), "file"),
        f"{decimal(free)} free, {decimal(SPARE)} of it kept free",
    )
    say(f"{files} to fetch, {size}; you have {room}.")
    if (total or 0) > free - SPARE:
        say("That is more than there is room for. What fits is fetched, soonest deadline first.")
    say("Ctrl-C stops safely; the same command goes on.", style="dim")
    return total


def _say_wait(seconds: float) -> None:
    say(f"waiting {seconds:.0f} s, as TikTok asked")


def _log(settled: Settled) -> None:
    for link in settled.links:
        name = "cover" if link.cover else f"link {link.place}"
        log.info("post %d, %s: %s %s", link.number, name, link.state, link.reason)


class _Meter:
    """Bytes received, counted by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.received = 0
        self.moved: Callable[[int], None] = lambda _: None

    def add(self, size: int) -> None:
        with self._lock:
            self.received += max(0, size)
        self.moved(size)


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
    done = 0

    def show(one: Wanted, result: Result) -> None:
        nonlocal done
        done += 1
        told = _told(names[one.key], result)
        if not console.is_terminal:
            say(f"{told}  [{done} of {len(wanted)}, {shown.state(rate=True)}]")
        elif result.state is not LinkState.FETCHED:
            say(told)

    with progress("fetching", total, text=_size, quiet=quiet) as shown:
        meter.moved = shown.advance
        yield (lambda *_: None) if quiet else show


def _size(size: float) -> str:
    return decimal(int(size))


def _name(line: Line) -> str:
    if line.is_cover:
        return f"{line.number:>5}  cover"
    return f"{line.number:>5}  {'video' if MP4 in line.wanted.kinds else f'picture {line.place}'}"


def _told(name: str, result: Result) -> str:
    size = f"  {decimal(result.bytes)}" if result.state is LinkState.FETCHED else ""
    return f"{name:<17}  {STATE_WORDS[result.state]}{size}"
