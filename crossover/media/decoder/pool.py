"""Several children that decode, each with one file at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from queue import LifoQueue
from typing import TypeVar

from crossover.media.decoder.process import Decoder
from crossover.model.uploads import Progress
from crossover.runtime.machine import free_memory, usable_cores
from crossover.runtime.workers import run_jobs

CHILD_BYTES = 1024**3
"""Memory that one child is given room for: the greediest picture tried takes two thirds of it, most files a
twentieth. Converting a film of 4K takes 2.4 GB, which is why one is converted at a time."""
UNKNOWN_MEMORY_WORKERS = 2
"""Children at most where nobody can tell how much memory is free."""

_J = TypeVar("_J")
_D = TypeVar("_D")


def count_workers(cores: int, free: int | None) -> int:
    """How many children may work at a time: one for each core, as far as free memory (bytes, None
    where it cannot be known) has room for them, and always one."""
    by_memory = UNKNOWN_MEMORY_WORKERS if free is None else free // CHILD_BYTES
    return max(1, min(cores, by_memory))


class DecoderPool:
    """Owns the children. A context manager: its end lets them finish what they write, and an error
    or Ctrl-C ends them at once.

    Each is started when it is needed, so few files start few. `workers`: how many at most, as many
    as the machine has room for where it is not said.
    """

    def __init__(self, workers: int | None = None, start: Callable[[], Decoder] = Decoder) -> None:
        self.workers = workers or count_workers(usable_cores(), free_memory())
        self._decoders = [start() for _ in range(self.workers)]
        # The last one that was given back comes first: it has its child already.
        self._idle: LifoQueue[Decoder] = LifoQueue()
        for decoder in self._decoders:
            self._idle.put(decoder)

    def __enter__(self) -> DecoderPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(at_once=kind is not None)

    def close(self, *, at_once: bool) -> None:
        """End the children: at once, or when they have written what they write."""
        for decoder in self._decoders:
            decoder.kill() if at_once else decoder.close()

    def ask(self, work: Callable[[Decoder], _D]) -> _D:
        """Do one piece of work, here and now."""
        decoder = self._idle.get()
        try:
            return work(decoder)
        finally:
            self._idle.put(decoder)

    def run(
        self,
        jobs: Iterable[_J],
        work: Callable[[Decoder, _J, Progress], _D],
        *,
        workers: int | None = None,
        progress: Progress = lambda _: None,
    ) -> Iterator[tuple[_J, _D]]:
        """Do `work` on every job, each with a decoder of its own; yields each job with its result
        as it is done.

        Jobs begin in their order, `workers` at a time where that is said. `work` runs in a thread;
        what it tells of its progress is heard by `progress` in the thread that reads the results.
        An error that it raises ends the run.
        """

        def borrow(job: _J, tell: Progress, _stopped: Callable[[], bool]) -> _D:
            return self.ask(lambda decoder: work(decoder, job, tell))

        at_once = min(workers or self.workers, self.workers)
        return run_jobs(jobs, borrow, workers=at_once, progress=progress)
