"""A few jobs at a time, in threads that nobody outside of here sees."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from crossover.errors import Interrupted
from crossover.model.uploads import Progress

Job = TypeVar("Job")
Done = TypeVar("Done")

_LEAVE_SECONDS = 3.0


def work_through(
    jobs: Iterable[Job], work: Callable[[Job], Done], *, hands: int, stop: Callable[[], bool]
) -> Iterator[tuple[Job, Done]]:
    """Do `work` on every job, `hands` at a time and in their order; yields each as it is done.

    Once `stop` is true nothing new is begun, work that raises `Stopped` is left out, and what
    does not end within 3 seconds is left behind: its threads never hold up the process. Any
    other error ends it all and is raised here.
    """
    waiting = iter(jobs)
    turn = threading.Lock()
    results: queue.SimpleQueue[tuple[Job, Done] | BaseException | None] = queue.SimpleQueue()
    failed = threading.Event()

    def one_hand() -> None:
        try:
            while not (stop() or failed.is_set()):
                with turn:
                    job = next(waiting, None)
                if job is None:
                    break
                results.put((job, work(job)))
        except Stopped:
            pass
        except BaseException as exc:  # noqa: BLE001  raised again where the results are read
            results.put(exc)
        finally:
            results.put(None)

    at_work = hands
    for _ in range(hands):
        threading.Thread(target=one_hand, daemon=True).start()
    patience = _LEAVE_SECONDS
    while at_work:
        try:
            result = results.get(timeout=0.1)
        except queue.Empty:
            if stop():
                patience -= 0.1
                if patience <= 0:
                    return
            continue
        if result is None:
            at_work -= 1
        elif isinstance(result, BaseException):
            failed.set()
            raise result
        else:
            yield result


class Stopped(Exception):
    """The creator asked to stop, or another file met a full disk."""


T = TypeVar("T")


Task = Callable[[Progress, Callable[[], bool]], T]
"""Does one upload: tells its progress, and ends soon once its second argument is true."""


GRACE_SECONDS = 2.0
"""After one failed, how long the others may take to end: what has just arrived is remembered."""


_WAKE_SECONDS = 0.2  # On Windows, Ctrl-C does not wake a thread that waits without end.


@dataclass(frozen=True, slots=True)
class _Sent:
    bytes: int


@dataclass(frozen=True, slots=True)
class _Done(Generic[T]):
    place: int
    result: T


@dataclass(frozen=True, slots=True)
class _Failed:
    error: BaseException


def side_by_side(
    jobs: Iterator[Task[T]], *, at_once: int, progress: Progress, done: Callable[[int, T], None]
) -> None:
    """Run all jobs, `at_once` at a time. `jobs` is drawn from, and `progress` and `done` (with a
    job's place from 0 and its result) are called, in the caller's thread alone.

    Raises the first error of a job; then, and on any error of the caller's, no more begin and
    those under way are told to stop. One that hangs in the network is left behind: it can do
    nothing any more but end. When `done` raises `Interrupted` those under way are the step at
    hand: they go on to their end, and then it is raised.
    """
    if at_once == 1:
        for place, job in enumerate(jobs):
            done(place, job(progress, lambda: False))
        return
    told: SimpleQueue[_Sent | _Done[T] | _Failed] = SimpleQueue()
    stop = threading.Event()
    under_way = begun = 0
    failed: BaseException | None = None
    asked_to_stop: Interrupted | None = None
    more = True

    def run(place: int, job: Task[T]) -> None:
        try:
            result = job(lambda count: told.put(_Sent(count)), stop.is_set)
        except BaseException as exc:  # noqa: BLE001  handed to the caller's thread
            told.put(_Failed(exc))
        else:
            told.put(_Done(place, result))

    def take(event: _Sent | _Done[T] | _Failed) -> None:
        nonlocal under_way, failed, asked_to_stop, more
        match event:
            case _Sent(bytes=count):
                progress(count)
            case _Done(place=at, result=result):
                under_way -= 1
                try:
                    done(at, result)
                except Interrupted as exc:
                    asked_to_stop, more = exc, False
            case _Failed(error=error):
                under_way -= 1
                failed = failed or error
                stop.set()

    try:
        while failed is None:
            while more and under_way < at_once:
                try:
                    job = next(jobs)
                except StopIteration:
                    more = False
                    break
                threading.Thread(target=run, args=(begun, job), daemon=True).start()
                under_way += 1
                begun += 1
            if not under_way:
                break
            _take_next(told, take)
        until = time.monotonic() + GRACE_SECONDS
        while under_way and time.monotonic() < until:
            _take_next(told, take)
    finally:
        stop.set()
    ended_by = failed or asked_to_stop
    if ended_by is not None:
        raise ended_by


def _take_next(told: SimpleQueue[T], take: Callable[[T], None]) -> None:
    try:
        event = told.get(timeout=_WAKE_SECONDS)
    except Empty:
        return
    take(event)
