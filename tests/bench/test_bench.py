"""The bench itself, very small: byte counts and memory fail, timing far off its goal warns."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import pytest

from crossover.destinations.rednote.pace import FIRST_RATE, LARGEST, Pace

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
LEAST = 5 * MIB


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is needed to compare with")
@pytest.mark.skipif(sys.platform == "win32", reason="asks the system as Windows does not answer")
@pytest.mark.timeout(120)
def test_uploads_send_each_byte_once_in_little_memory(figure: Callable[[str], None]) -> None:
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


def test_parts_stay_as_configured_when_nothing_is_known_or_the_host_is_near() -> None:
    assert Pace().part_bytes(LEAST) == LEAST
    near = Pace()
    near.answered(0.004)
    near.sent(50 * MIB, 0.1)
    assert near.part_bytes(LEAST) == LEAST


def test_parts_grow_with_the_round_trip_and_the_rate() -> None:
    pace = Pace()
    for seconds in (0.9, 0.15, 0.4):  # the quickest answer counts
        pace.answered(seconds)
    assert pace.part_bytes(LEAST) == round(FIRST_RATE * 0.15 * 64)
    pace.sent(200_000, 0.001)  # too little to tell anything
    assert pace.part_bytes(LEAST) == round(FIRST_RATE * 0.15 * 64)
    pace.sent(20_000_000, 20.15)  # 8 Mbit/s
    assert pace.part_bytes(LEAST) == pytest.approx(1_000_000 * 0.15 * 64)
    pace.sent(20_000_000, 100)
    assert pace.part_bytes(LEAST) == LEAST
    pace.sent(100_000_000, 1)
    assert pace.part_bytes(LEAST) == LARGEST


def test_a_part_never_takes_longer_than_ten_seconds_of_sending() -> None:
    pace = Pace()
    pace.answered(0.6)
    assert pace.part_bytes(LEAST) == FIRST_RATE * 10


def test_a_limit_on_the_rate_keeps_parts_small() -> None:
    pace = Pace(limit=300_000)
    pace.answered(0.15)
    assert pace.part_bytes(LEAST) == LEAST
    assert pace.part_bytes(MIB) == 300_000 * 0.15 * 64
