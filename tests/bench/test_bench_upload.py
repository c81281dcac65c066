"""The bench itself, very small: byte counts and memory fail, timing far off its goal warns."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.programs import program

from .upload import MIB, Sizes, run

SMALL = Sizes(
    name="small",
    loopback=80 * MIB,  # more than the largest part
    shaped_video=MIB,
    photos=3,
    photo=100_000,
    repeats=1,
    mbit=40,
    round_trip_ms=50,
    part_mibs=(5, 64),
)


@pytest.mark.complete
@pytest.mark.skipif(sys.platform == "win32", reason="asks the system as Windows does not answer")
@pytest.mark.timeout(120)
def test_uploads_send_each_byte_once_in_little_memory(figure: Callable[[str], None]) -> None:
    program("curl")
    result = run(SMALL)
    assert result.wrong_bytes == []
    assert [entry["part_mib"] for entry in result.memory] == [5, 64]
    goals = result.goals()
    assert [goal for goal in goals if goal.hard and not goal.met] == []
    rate = result.loopback["mb_a_second"]
    figure(f"client {rate['client']:.0f} MB/s, curl {rate['curl']:.0f} MB/s")
    figure(f"peak memory {max(entry['peak_bytes'] for entry in result.memory) / 1e6:.0f} MB")
    for goal in goals:
        if goal.far_off:
            figure(f"warning: {goal.name} is {goal.value:.2f}, goal {goal.goal:.2f}")
