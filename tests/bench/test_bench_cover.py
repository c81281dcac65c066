"""The small run of the bench of covers: times are told, and a goal missed by far is warned of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.cover import FULL, GOAL, QUICK, measure_cover, told
from tests.bench.media import missed
from tests.tier import by_tier

pytestmark = pytest.mark.usefixtures("own_children")


@pytest.mark.complete
@pytest.mark.timeout(600)
def test_a_cover_takes_a_part_of_what_ffmpeg_takes(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    size = by_tier(QUICK, FULL)
    times = measure_cover(tmp_path, size)
    figure(told(times, size))
    # A short video of few pixels is over before ffmpeg has looked at more of it than we do.
    for warning in missed("a cover against ffmpeg", times.ratio, by_tier(2.0, GOAL)):
        figure(f"warning: {warning}")
