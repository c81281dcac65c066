"""The small run of the planning bench: memory is held to its goal, times are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.planning import (
    GOAL_GROWTH,
    GOAL_MEMORY,
    LENIENCE,
    Figures,
    Planning,
    growth,
    measure,
    measure_growth,
    told,
)
from tests.tier import by_tier


@pytest.mark.complete
def test_a_plan_is_made_and_loaded_soon_and_in_little_memory(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    posts, rounds = by_tier((100, 1), (5000, 2))
    figures = measure(posts, rounds, tmp_path)
    figure(
        f"{posts:,} posts planned in {figures.plan.seconds:.2f} s, {figures.ratio:.2f} of the"
        f" yardstick, {figures.plan.peak / 1e6:.0f} MB; loaded in {figures.loading_ratio:.2f} of"
        " json.loads"
    )
    assert figures.plan.peak <= GOAL_MEMORY
    for missed in figures.missed_times():
        figure(f"warning: {missed}")


@pytest.mark.complete
def test_a_plan_takes_as_much_longer_as_there_are_more_posts(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    grown = measure_growth((500, 5000, 20_000), 1, tmp_path)
    for one in grown:
        figure(f"{one.posts:,} posts planned in {one.seconds:.2f} s, {one.peak / 1e6:.0f} MB")
    figure(f"{growth(grown):.2f} of straight growth")
    assert growth(grown) <= GOAL_GROWTH * LENIENCE


def test_a_missed_goal_is_seen() -> None:
    good = Figures(
        plan=Planning(5000, 3.0, 150_000_000),
        draining=0.3,
        dumping=0.2,
        loading=0.15,
        json_loads=0.1,
        plan_bytes=15_000_000,
    )
    assert good.missed_times() == []
    assert "| crossover plan / (both + 0.5 s) | 3.00 | at most 3.0 |" in told(good)
    slow = replace(good, plan=Planning(5000, 4.0, 1), loading=0.2)
    assert slow.missed_times() == [
        "a plan against its yardstick: 4.00",
        "loading a plan against json.loads: 2.00",
    ]


def test_what_grows_faster_than_the_posts_is_seen() -> None:
    straight = [Planning(500, 1.0, 1), Planning(5000, 5.5, 1), Planning(20_000, 20.5, 1)]
    assert growth(straight) == pytest.approx(1.0)
    assert growth([*straight[:2], Planning(20_000, 41.0, 1)]) == pytest.approx(2.0)
