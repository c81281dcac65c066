"""Several files, soonest deadline first, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from crossover.errors import RetryLater, TikTokUnreachable
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
    host_down: Callable[[str], None] = lambda _: None,
) -> Iterator[tuple[Wanted, Result]]:
    """Fetch every file into `folder`; yields each as it ends, in any order.

    Space on the disk is reserved in that order, by the sizes that are known; a file for which there
    is none is not begun, nor is one of a host that does not answer (`host_down` hears of each such
    host once). When asked to stop it ends early: what was not yielded is left for the next run.
    Raises `RetryLater` on a full disk, `TikTokUnreachable` when no host answers.
    """
    limits = bounds or Bounds()
    space = DiskSpace(folder, limits.spare)
    outages = client.outages
    ordered = in_order(wanted)
    hosts = [client.host(one.url) for one in ordered]
    down: set[str] = set()
    away = False

    def jobs() -> Iterator[tuple[Wanted, bool]]:
        nonlocal away
        for place, (one, host) in enumerate(zip(ordered, hosts, strict=True)):
            if outages.are_all_down(islice(hosts, place, None)):
                away = True
                return
            if host and outages.why_down(host):
                if host not in down:
                    down.add(host)
                    host_down(host)
                continue
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
    if away or outages.without_any_answer:
        raise _unreachable(intercepted=outages.intercepted)


def _unreachable(*, intercepted: bool) -> RetryLater:
    if intercepted:
        return TikTokUnreachable(
            "Something on the way answers in TikTok's place, as a network does that asks to log in"
            " first.",
            next="Open any page in your browser and log in there; then the same command goes on.",
        )
    return TikTokUnreachable()
