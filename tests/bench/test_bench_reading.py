"""The small run of the reading bench: memory is held to its goals, times are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench import reading


@pytest.mark.complete
def test_an_export_is_read_in_bounded_memory_whatever_its_size(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    figures = reading.measure(reading.QUICK, tmp_path)
    figure(
        f"listing {figures.listing:.2f} s, draining {figures.draining:.2f} s, "
        f"json.load {figures.json_load:.2f} s, ijson {figures.ijson:.2f} s, "
        f"peak {figures.peak / reading.MIB:.0f} MiB"
    )
    assert figures.missed_memory() == []
    for missed in figures.missed_times():
        figure(f"warning: {missed}")


def test_a_missed_goal_is_seen() -> None:
    good = reading.Figures(
        posts=1,
        rows=1,
        json_bytes=1,
        zip_bytes=1,
        listing=1.0,
        draining=1.0,
        json_load=5.0,
        ijson=2.0,
        peak=60 * reading.MIB,
        peak_small=58 * reading.MIB,
    )
    assert good.missed_times() == good.missed_memory() == []
    bad = replace(good, listing=1.3, peak=81 * reading.MIB, peak_small=75 * reading.MIB)
    assert len(bad.missed_times()) == 3
    assert bad.missed_memory() == ["peak 81 MiB", "growth 6.0 MiB"]
