"""The small run of the bench of conversions: the time is told, and a goal missed by far is warned of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.conversion import GOAL_CONVERSION, measure_converting
from tests.bench.media import missed
from tests.tier import by_tier

pytestmark = pytest.mark.usefixtures("own_children")


@pytest.mark.complete
@pytest.mark.timeout(600)
def test_converting_is_as_fast_as_ffmpeg_with_the_same_settings(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    pixels, seconds, rounds = by_tier(((360, 640), 1.0, 1), ((1080, 1920), 8.0, 3))
    one = measure_converting(tmp_path, pixels=pixels, seconds=seconds, rounds=rounds)
    figure(f"{one.film:g} s of film converted at {one.speed:.2f} of the speed of ffmpeg")
    for warning in missed("ffmpeg's speed against ours", GOAL_CONVERSION / one.speed, 1.0):
        figure(f"warning: {warning}")
