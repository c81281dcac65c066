"""Parts as long as the line makes sense of."""

from __future__ import annotations

import pytest

from crossover.destinations.api.upload.part_size import FIRST_RATE, LARGEST, LineSpeed

MIB = 1024 * 1024
LEAST = 5 * MIB


def test_parts_stay_as_configured_when_nothing_is_known_or_the_host_is_near() -> None:
    assert LineSpeed().part_bytes(LEAST) == LEAST
    near = LineSpeed()
    near.answered(0.004)
    near.sent(50 * MIB, 0.1)
    assert near.part_bytes(LEAST) == LEAST


def test_parts_grow_with_the_round_trip_and_the_rate() -> None:
    speed = LineSpeed()
    for seconds in (0.9, 0.15, 0.4):  # the quickest answer counts
        speed.answered(seconds)
    assert speed.part_bytes(LEAST) == round(FIRST_RATE * 0.15 * 64)
    speed.sent(200_000, 0.001)  # too little to tell anything
    assert speed.part_bytes(LEAST) == round(FIRST_RATE * 0.15 * 64)
    speed.sent(20_000_000, 20.15)  # 8 Mbit/s
    assert speed.part_bytes(LEAST) == pytest.approx(1_000_000 * 0.15 * 64)
    speed.sent(20_000_000, 100)
    assert speed.part_bytes(LEAST) == LEAST
    speed.sent(100_000_000, 1)
    assert speed.part_bytes(LEAST) == LARGEST


def test_a_part_never_takes_longer_than_ten_seconds_of_sending() -> None:
    speed = LineSpeed()
    speed.answered(0.6)
    assert speed.part_bytes(LEAST) == FIRST_RATE * 10


def test_a_limit_on_the_rate_keeps_parts_small() -> None:
    speed = LineSpeed()
    speed.answered(0.15)
    assert speed.part_bytes(LEAST, 300_000) == LEAST
    assert speed.part_bytes(MIB, 300_000) == 300_000 * 0.15 * 64
