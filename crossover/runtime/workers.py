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


class _Threads(Generic[Job, Done]):
    """The threads of one run, and the queue in which they tell how their work goes."""

    def __init__(self, work: Work[Job, Done]) -> None:
        self.busy = 0
        self._work = work
        self._events: SimpleQueue[_Moved | _Finished[Job, Done] | _Failed] = SimpleQueue()
        self._leave = threading.Event()

    def start(self, job: Job) -> None:
        threading.Thread(target=self._run, args=(job,), daemon=True).start()
        self.busy += 1

    def next_event(self) -> _Moved | _Finished[Job, Done] | _Failed | None:
        """Wait for the next event; None where none came within a moment."""
        try:
            event = self._events.get(timeout=_WAKE_SECONDS)
        except Empty:
            return None
        if not isinstance(event, _Moved):
            self.busy -= 1
        return event

    def stop(self) -> None:
        """Tell all work to end."""
        self._leave.set()

    def _run(self, job: Job) -> None:
        try:
            result = self._work(
                job, lambda count: self._events.put(_Moved(count)), self._leave.is_set
            )
        except BaseException as exc:  # noqa: BLE001  raised again where the results are read
            self._events.put(_Failed(exc))
        else:
            self._events.put(_Finished(job, result))


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
    threads = _Threads(work)
    waiting = iter(jobs)
    first_error: BaseException | None = None
    deadline: float | None = None
    try:
        while deadline is None or (threads.busy and time.monotonic() < deadline):
            while deadline is None and threads.busy < workers and not stop():
                try:
                    job = next(waiting)
                except StopIteration:
                    break
                threads.start(job)
            if not threads.busy:
                break
            match threads.next_event():
                case _Moved(count):
                    progress(count)
                case _Finished(job, result):
                    yield job, result
                case _Failed(error):
                    first_error = first_error or error
                case None:
                    pass
            if deadline is None and (first_error or stop()):
                threads.stop()
                deadline = time.monotonic() + GRACE_SECONDS
    finally:
        threads.stop()
    if first_error is not None and not isinstance(first_error, Stopped):
        raise first_error
