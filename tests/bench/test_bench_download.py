"""Memory is a promise and fails; speed depends on the machine and warns."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest

from tests.bench.download import GOAL_MEMORY, GOAL_RATIO, measure
from tests.programs import program


@pytest.mark.complete
@pytest.mark.filterwarnings("default")
def test_a_download_is_near_curl_and_small(figure: Callable[[str], None]) -> None:
    program("curl")
    figures = measure(2, 24_000_000, rounds=5)
    figure(
        f"{figures.ours / 1e6:.0f} MB/s, {figures.ratio:.2f} of curl,"
        f" {figures.memory / 1e6:.0f} MB of memory"
    )
    assert figures.memory <= GOAL_MEMORY
    if figures.ratio < GOAL_RATIO * 0.75:
        warnings.warn(f"{figures.ratio:.2f} of curl, the goal is {GOAL_RATIO}", stacklevel=1)
