"""An upload's cost grows with its notes, not with the account."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.bench.sending import GOAL, measure, told


def test_the_4900th_note_costs_what_the_10th_does(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    figures = measure(tmp_path)
    figure(told(figures))
    assert figures.ratio <= GOAL
    assert figures.readings <= 5  # for the run, not for each note
