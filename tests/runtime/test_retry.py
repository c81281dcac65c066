"""Calls are repeated as often as their failures are worth, after growing waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from crossover.runtime.retry import Again, Backoff, repeat


class Waits(list[float]):
    """Pauses that pass at once, and are written down."""

    def pause(self, _: Again, seconds: float) -> None:
        self.append(seconds)


def failing(*failures: Again) -> Callable[[], str]:
    left: Iterator[Again] = iter(failures)

    def call() -> str:
        for failure in left:
            raise failure
        return "done"

    return call


def test_waits_grow_with_each_failure_up_to_the_longest() -> None:
    waits = Waits()
    failures = [Again("busy") for _ in range(5)]
    assert repeat(failing(*failures), Backoff(retries=5), pause=waits.pause) == "done"
    for wait, least in zip(waits, (1, 2, 4, 6, 6), strict=True):
        assert least <= wait <= min(least + 1, 6)


def test_the_last_failure_is_raised_when_the_tries_are_used_up() -> None:
    waits = Waits()
    failures = [Again(f"number {n}") for n in range(9)]
    with pytest.raises(Again, match="number 3"):
        repeat(failing(*failures), pause=waits.pause)
    assert len(waits) == 3


def test_each_kind_of_failure_has_tries_of_its_own() -> None:
    once, often = Again("refused", retries=1), Again("busy")
    assert repeat(failing(often, once, often, often), pause=Waits().pause) == "done"
    with pytest.raises(Again, match="refused"):
        repeat(failing(once, often, once), pause=Waits().pause)


def test_a_wait_that_is_asked_for_is_kept_unless_it_is_too_long() -> None:
    waits = Waits()
    assert repeat(failing(Again("busy", wait=60)), pause=waits.pause) == "done"
    assert waits == [60]
    with pytest.raises(Again):
        repeat(failing(Again("busy", wait=61)), pause=waits.pause)
    assert waits == [60]


def test_tries_before_one_that_progressed_do_not_count() -> None:
    failures = [Again("cut") for _ in range(20)]
    assert repeat(failing(*failures), pause=Waits().pause, progressed=lambda: True) == "done"
