"""One stage of making files fit: what is known already is taken, the rest done by several children,
and everything remembered as soon as it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from crossover.limits.limits import Limits
from crossover.media.decoder.pool import DecoderPool
from crossover.media.decoder.process import Decoder
from crossover.media.fit.fitted import Unfit
from crossover.media.fit.progress import FitProgress
from crossover.media.fit.ready_index import FitResult, ReadyIndex
from crossover.model.uploads import Progress

R_co = TypeVar("R_co", bound=FitResult, covariant=True)


@dataclass(frozen=True, slots=True)
class FitTools:
    """What a stage works with."""

    root: Path
    limits: Limits
    index: ReadyIndex
    pool: DecoderPool
    on_progress: FitProgress


@dataclass(frozen=True, slots=True)
class FitTask(Generic[R_co]):
    """One result to be had.

    `key` names it in the index: content and recipe. `do` makes it, in a thread and with a decoder
    of its own, and may tell how much more of `amount` is done.
    """

    key: str
    kind: type[R_co]
    do: Callable[[Decoder, Progress], R_co | Unfit]
    amount: int = 1


def run_stage(
    tasks: Sequence[FitTask[R_co]],
    index: ReadyIndex,
    pool: DecoderPool,
    on_progress: Callable[[int, int], None],
    *,
    workers: int | None = None,
) -> dict[str, R_co | Unfit]:
    """Get the results, by their keys. `on_progress` hears how much of how much is done of what was
    not known: never where all of it was. `workers`: how many at a time at most."""
    results: dict[str, R_co | Unfit] = {}
    unknown: list[FitTask[R_co]] = []
    for task in tasks:
        if (known := index.get(task.key, task.kind)) is not None:
            results[task.key] = known
        else:
            unknown.append(task)
    count = _AmountDone(sum(task.amount for task in unknown), on_progress)

    def work(decoder: Decoder, task: FitTask[R_co], tell: Progress) -> R_co | Unfit:
        def tell_and_count(more: int) -> None:
            count.by_task[task.key] += more
            tell(more)

        return task.do(decoder, tell_and_count)

    for task, result in pool.run(unknown, work, workers=workers, progress=count.add):
        index.put(task.key, result)
        results[task.key] = result
        count.add(task.amount - count.by_task[task.key])
    return results


class _AmountDone:
    """How much is done: what tasks tell on their way, and in the end all of each."""

    def __init__(self, total: int, on_progress: Callable[[int, int], None]) -> None:
        self.by_task: Counter[str] = Counter()
        self._done = 0
        self._total = total
        self._on_progress = on_progress
        if total:
            on_progress(0, total)

    def add(self, more: int) -> None:
        self._done += more
        self._on_progress(self._done, self._total)
