"""A few jobs at a time, and nobody outside can tell but by the clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from crossover.errors import RetryLater
from crossover.model.uploads import Progress
from crossover.runtime.workers import Stopped, run_jobs

LONG = 60
"""Seconds that nobody waits for."""


def never(_: Progress, __: Callable[[], bool]) -> None:
    raise AssertionError("begun after all")


def until_told(stopped: Callable[[], bool]) -> None:
    while not stopped():
        threading.Event().wait(0.005)


@pytest.fixture
def hung() -> Iterator[threading.Event]:
    """A wait that nothing but the end of the test ends."""
    event = threading.Event()
    yield event
    event.set()


def test_everything_is_done_once_in_order_a_few_at_a_time() -> None:
    begun: list[int] = []
    at_once = most = 0
    lock = threading.Lock()
    meet = threading.Barrier(4, timeout=LONG)

    def work(job: int, *_: object) -> int:
        nonlocal at_once, most
        with lock:
            begun.append(job)
            at_once += 1
            most = max(most, at_once)
        meet.wait()
        with lock:
            at_once -= 1
        return job * 2

    done = dict(run_jobs(range(40), work, workers=4))
    assert done == {job: job * 2 for job in range(40)}
    assert sorted(begun) == list(range(40))
    assert [sorted(begun[n : n + 4]) for n in range(0, 40, 4)] == [
        list(range(n, n + 4)) for n in range(0, 40, 4)
    ]
    assert most == 4


def test_jobs_are_drawn_and_progress_is_told_in_the_readers_thread() -> None:
    reader = threading.get_ident()
    threads: list[int] = []
    counts: list[int] = []

    def jobs() -> Iterator[int]:
        for job in range(6):
            threads.append(threading.get_ident())
            yield job

    def progress(count: int) -> None:
        threads.append(threading.get_ident())
        counts.append(count)

    def work(job: int, told: Progress, _: object) -> int:
        assert threading.get_ident() != reader
        told(job)
        told(-job)
        return job

    list(run_jobs(jobs(), work, workers=3, progress=progress))
    assert set(threads) == {reader}
    assert sorted(counts) == sorted([*range(6), *(-job for job in range(6))])


def test_the_first_error_ends_it_all_and_is_the_readers() -> None:
    drawn: list[int] = []

    def endless() -> Iterator[int]:
        job = 0
        while True:
            drawn.append(job)
            yield job
            job += 1

    def work(job: int, _: Progress, stopped: Callable[[], bool]) -> int:
        if job == 2:
            raise RetryLater("full")
        until_told(stopped)
        raise Stopped

    with pytest.raises(RetryLater, match="full"):
        list(run_jobs(endless(), work, workers=3))
    assert drawn == [0, 1, 2]


def test_what_ends_soon_after_an_error_is_still_handed_over() -> None:
    def work(job: int, _: Progress, stopped: Callable[[], bool]) -> int:
        if job == 1:
            raise RetryLater("full")
        until_told(stopped)
        return job

    done: list[tuple[int, int]] = []
    with pytest.raises(RetryLater):
        done += (one for one in run_jobs([0, 1], work, workers=2))
    assert done == [(0, 0)]


def test_one_that_hangs_does_not_hold_the_others_up(
    monkeypatch: pytest.MonkeyPatch, hung: threading.Event
) -> None:
    monkeypatch.setattr("crossover.runtime.workers.GRACE_SECONDS", 0.05)

    def work(job: int, *_: object) -> int:
        if job == 0:
            hung.wait(LONG)
        raise RetryLater("full")

    with pytest.raises(RetryLater):
        list(run_jobs([0, 1], work, workers=2))
    assert not hung.is_set()


def test_asked_to_stop_nothing_new_is_begun_and_nobody_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, hung: threading.Event
) -> None:
    monkeypatch.setattr("crossover.runtime.workers.GRACE_SECONDS", 0.05)
    asked = threading.Event()
    begun: list[int] = []

    def work(job: int, *_: object) -> int:
        begun.append(job)
        if job == 0:
            raise Stopped
        asked.set()
        hung.wait(LONG)  # a server that says nothing, in a call that cannot be left
        return job

    assert list(run_jobs(range(10), work, workers=2, stop=asked.is_set)) == []
    assert begun == [0, 1]


def test_asked_to_stop_before_the_first_job_none_is_begun() -> None:
    begun: list[int] = []
    assert (
        list(run_jobs(range(3), lambda job, *_: begun.append(job), workers=2, stop=lambda: True))
        == []
    )
    assert begun == []


def test_when_the_reader_leaves_those_at_work_are_told_to_stop() -> None:
    left = threading.Barrier(3)

    def work(job: int, progress: Progress, stopped: Callable[[], bool]) -> int:
        progress(1)
        until_told(stopped)
        left.wait(LONG)
        return job

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_jobs(range(2), work, workers=2, progress=interrupt))
    left.wait(LONG)
