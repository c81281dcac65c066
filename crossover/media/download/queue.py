"""Several files, soonest deadline first, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from crossover.media.download.disk_space import Room
from crossover.media.download.download import Bounds, Progress, download
from crossover.media.download.http import Wire
from crossover.media.download.leftovers import part_bytes
from crossover.media.download.outcomes import Result, Wanted
from crossover.runtime.workers import work_through

HANDS = 4
"""Files fetched at the same time."""

_FAR = datetime(9999, 1, 1, tzinfo=UTC)


def in_order(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Soonest deadline first; those that do not tell theirs come last."""
    return sorted(wanted, key=lambda one: one.expires or _FAR)


def fetch(
    wanted: Sequence[Wanted],
    folder: Path,
    wire: Wire,
    progress: Progress,
    *,
    hands: int = HANDS,
    bounds: Bounds | None = None,
) -> Iterator[tuple[Wanted, Result]]:
    """Fetch every file into `folder`; yields each as it ends, in any order.

    Room on the disk is promised in that order, by the sizes that are known; a file for which there
    is none is not begun. When asked to stop it ends early: what was not yielded is left for the
    next run. `progress` is called from several threads. Raises `RetryLater` on a full disk.
    """
    limits = bounds or Bounds()
    room = Room(folder, limits.spare)

    def jobs() -> Iterator[tuple[Wanted, bool]]:
        for one in in_order(wanted):
            size = one.size or 0
            # What nobody believes decides nothing: the answer itself will tell.
            known = size if size <= limits.most(one.kinds) else 0
            yield one, room.promise(one.stem, known - part_bytes(folder, one.stem))

    def work(job: tuple[Wanted, bool]) -> Result:
        one, fits = job
        if not fits:
            return room.refusal().result
        try:
            return download(one, folder, wire, limits, progress, room)
        finally:
            room.leave(one.stem)

    for (one, _), result in work_through(jobs(), work, hands=hands, stop=wire.watch.stop):
        yield one, result
