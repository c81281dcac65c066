"""A few pieces of work at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from crossover.media.fetching.outcome import Stopped

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
