"""One pool of workers: a few jobs at a time, in threads that nobody outside of here sees."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from crossover.model.uploads import Progress

Job = TypeVar("Job")
Done = TypeVar("Done")

Work = Callable[[Job, Progress, Callable[[], bool]], Done]
"""Does one job: tells its progress, and ends soon once its last argument is true. Work that raises
`Stopped` then has no result."""

GRACE_SECONDS = 3.0
"""How long work may take to end once it is to stop; then it is left behind."""

_WAKE_SECONDS = 0.1  # On Windows, Ctrl-C does not wake a thread that waits without end.


class Stopped(Exception):
    """Work ended in the middle, because it was asked to stop."""


@dataclass(frozen=True, slots=True)
class _Moved:
    count: int


@dataclass(frozen=True, slots=True)
class _Finished(Generic[Job, Done]):
    job: Job
    result: Done


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


def run_jobs(
    jobs: Iterable[Job],
    work: Work[Job, Done],
    *,
    workers: int,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Job, Done]]:
    """Do `work` on every job, `workers` at a time and in their order; yields each as it is done.

    `jobs` are drawn one by one, when a worker is free for the next, and `progress` is called, in
    the thread that reads the results and in no other.

    Once `stop` is true, or one failed, no more begin. Those at work are told to stop and may end
    within 3 seconds: what comes in that time is still yielded. Then they are left behind (no
    thread holds up the process), and the first error is raised. When the reader ends early, they
    are told to stop and not waited for.
    """
    events: SimpleQueue[_Moved | _Finished[Job, Done] | _Failed] = SimpleQueue()
    leave = threading.Event()

    def run(job: Job) -> None:
        try:
            result = work(job, lambda count: events.put(_Moved(count)), leave.is_set)
        except BaseException as exc:  # noqa: BLE001  raised again where the results are read
            events.put(_Failed(exc))
        else:
            events.put(_Finished(job, result))

    waiting = iter(jobs)
    at_work = 0
    ended: BaseException | None = None
    until: float | None = None
    try:
        while until is None or (at_work and time.monotonic() < until):
            while until is None and at_work < workers and not stop():
                try:
                    job = next(waiting)
                except StopIteration:
                    break
                threading.Thread(target=run, args=(job,), daemon=True).start()
                at_work += 1
            if not at_work:
                break
            try:
                event = events.get(timeout=_WAKE_SECONDS)
            except Empty:
                pass
            else:
                match event:
                    case _Moved(count):
                        progress(count)
                    case _Finished(job, result):
                        at_work -= 1
                        yield job, result
                    case _Failed(error):
                        at_work -= 1
                        ended = ended or error
            if until is None and (ended or stop()):
                leave.set()
                until = time.monotonic() + GRACE_SECONDS
    finally:
        leave.set()
    if ended is not None and not isinstance(ended, Stopped):
        raise ended
