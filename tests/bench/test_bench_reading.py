"""The small run of the reading bench: memory is held to its goals, times are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.bench import reading


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
    good = reading.Figures(1, 1, 1, 1, 1.0, 1.0, 5.0, 2.0, 60 * reading.MIB, 58 * reading.MIB)
    assert good.missed_times() == good.missed_memory() == []
    bad = reading.Figures(1, 1, 1, 1, 1.3, 1.0, 5.0, 2.0, 81 * reading.MIB, 75 * reading.MIB)
    assert len(bad.missed_times()) == 3
    assert bad.missed_memory() == ["peak 81 MiB", "growth 6.0 MiB"]
