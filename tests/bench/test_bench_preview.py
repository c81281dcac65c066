"""The small run of the preview bench: bytes of a note are held to their goal, times are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.preview import (
    FIRST_PAINT,
    GOAL_BYTES,
    Figures,
    Looking,
    Writing,
    measure,
    told,
)


@pytest.mark.complete
@pytest.mark.timeout(900)
def test_many_notes_are_looked_at_and_changed_as_quickly_as_few(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    figures = measure(5000, 3, tmp_path)
    slowest = max(figures.ratios, key=lambda what: figures.ratios[what])
    figure(
        f"{figures.many.notes:,} notes beside {figures.few.notes}: {figures.ratios[FIRST_PAINT]:.2f}"
        f" times until the first paint, at most {figures.ratios[slowest]:.2f} ({slowest}); an edit"
        f" {figures.edit:.2f} s; the page {figures.writing.ratio:.2f} times json.dumps,"
        f" {figures.writing.bytes_a_note:.0f} bytes a note"
    )
    assert figures.writing.bytes_a_note <= GOAL_BYTES
    for missed in figures.missed():
        figure(f"warning: {missed}")


def test_a_missed_goal_is_seen() -> None:
    good = Figures(
        many=Looking(5000, {FIRST_PAINT: 0.9, "kind=video": 0.05}),
        few=Looking(50, {FIRST_PAINT: 0.3, "kind=video": 0.05}),
        writing=Writing(5000, 0.3, 0.1, 5_000_000),
        edits=(0.2, 0.3, 0.9),
    )
    assert good.missed() == []
    assert "| first paint | 900 ms | 300 ms | 3.00 |" in told(good)
    assert "| the page for a note | 1000 bytes | at most 1200 |" in told(good)
    slow = replace(
        good,
        many=Looking(5000, {FIRST_PAINT: 0.9, "kind=video": 0.2}),
        writing=replace(good.writing, page=0.4),
        edits=(0.4, 0.4, 0.1),
    )
    assert slow.missed() == [
        "kind=video: 4.00",
        "an edit saved and shown, seconds: 0.40",
        "the page against json.dumps of the plan: 4.00",
    ]
