"""The small run of the benches of media: times are told, and a goal missed by far is warned of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.media import (
    FULL,
    GOAL_PROBING,
    GOAL_WORKERS,
    QUICK,
    measure_covers,
    measure_probing,
    missed,
)
from tests.tier import by_tier

pytestmark = pytest.mark.usefixtures("own_children")

SIZE = by_tier(QUICK, FULL)


@pytest.mark.timeout(1800)
def test_probing_takes_less_than_a_process_for_each_video(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    probing = measure_probing(tmp_path, SIZE)
    figure(f"{probing.videos} videos probed in {probing.ratio:.2f} of a process of ffprobe each")
    for warning in missed("probing against ffprobe", probing.ratio, GOAL_PROBING):
        figure(f"warning: {warning}")


@pytest.mark.complete
@pytest.mark.timeout(1800)
def test_two_workers_make_covers_in_little_more_than_half_the_time(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    covers = measure_covers(tmp_path, SIZE)
    figure(
        f"{covers.videos} videos to covers: two workers {covers.gain:.2f} times as fast as one;"
        f" the second time {covers.second / covers.first:.3f} of the first"
    )
    for warning in missed("one worker against two", GOAL_WORKERS / covers.gain, 1.0):
        figure(f"warning: {warning}")


def test_a_missed_goal_is_told() -> None:
    assert missed("probing", 0.6, 0.5) == []
    assert missed("probing", 0.7, 0.5) == ["probing: 0.70, goal 0.5"]
