"""Several files, soonest deadline first, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from crossover.media.download.disk_space import DiskSpace
from crossover.media.download.download import Bounds, download
from crossover.media.download.http import MediaClient
from crossover.media.download.leftovers import part_bytes
from crossover.media.download.outcomes import Result, Wanted
from crossover.model.uploads import Progress
from crossover.runtime.workers import run_jobs

WORKERS = 4
"""Files fetched at the same time."""

_FAR = datetime(9999, 1, 1, tzinfo=UTC)


def in_order(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Soonest deadline first; those that do not tell theirs come last."""
    return sorted(wanted, key=lambda one: one.expires or _FAR)


def fetch(
    wanted: Sequence[Wanted],
    folder: Path,
    client: MediaClient,
    progress: Progress,
    *,
    workers: int = WORKERS,
    bounds: Bounds | None = None,
) -> Iterator[tuple[Wanted, Result]]:
    """Fetch every file into `folder`; yields each as it ends, in any order.

    Space on the disk is reserved in that order, by the sizes that are known; a file for which there
    is none is not begun. When asked to stop it ends early: what was not yielded is left for the
    next run. Raises `RetryLater` on a full disk.
    """
    limits = bounds or Bounds()
    space = DiskSpace(folder, limits.spare)

    def jobs() -> Iterator[tuple[Wanted, bool]]:
        for one in in_order(wanted):
            size = one.size or 0
            # What nobody believes decides nothing: the answer itself will tell.
            known = size if size <= limits.most(one.kinds) else 0
            yield one, space.reserve(one.stem, known - part_bytes(folder, one.stem))

    def work(job: tuple[Wanted, bool], report: Progress, _: Callable[[], bool]) -> Result:
        one, fits = job
        if not fits:
            return space.refusal().result
        try:
            return download(one, folder, client, limits, report, space)
        finally:
            space.release(one.stem)

    done = run_jobs(jobs(), work, workers=workers, progress=progress, stop=client.watch.stop)
    for (one, _), result in done:
        yield one, result
