"""Several files, soonest deadline first, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from crossover.media.fetching.crew import work_through
from crossover.media.fetching.download import Bounds, Progress, download
from crossover.media.fetching.outcome import Result, Wanted
from crossover.media.fetching.wire import Wire

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

    When asked to stop it ends early: what was not yielded is left for the next run. `progress` is
    called from several threads. Raises `RetryLater` on a full disk.
    """
    limits = bounds or Bounds()
    yield from work_through(
        in_order(wanted),
        lambda one: download(one, folder, wire, limits, progress),
        hands=hands,
        stop=wire.watch.stop,
    )
