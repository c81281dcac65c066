"""The small run of the bench of pictures: times are told, and a goal missed by far is warned of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.media import missed
from tests.bench.pictures import FULL, GOAL, QUICK, measure_fitting
from tests.tier import by_tier

pytestmark = pytest.mark.usefixtures("own_children")


def test_a_picture_is_made_fit_in_half_the_time_that_pillow_scales_it(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    fitting = measure_fitting(tmp_path, by_tier(QUICK, FULL))
    figure(f"a picture made fit in {fitting.ratio:.2f} of the time that plain Pillow scales it")
    for warning in missed("a picture against plain Pillow", fitting.ratio, by_tier(1.0, GOAL)):
        figure(f"warning: {warning}")
