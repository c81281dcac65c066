"""The small run of the start-up bench: times depend on the machine and are only told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.startup import Figure, measure, questions, told


@pytest.mark.complete
def test_the_version_and_the_help_come_at_once(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    pytest.importorskip("yt_dlp")
    figures = measure(questions(Path(sys.executable), tmp_path, None), 1, tmp_path)
    assert [one.name for one in figures] == ["--version", "--help"]
    assert all(one.ours > 0 and one.yardstick > 0 for one in figures)
    for one in figures:
        figure(f"{one.name} {one.ours * 1000:.0f} ms, {one.ratio:.2f} of {one.against}")
        if one.far_off:
            figure(f"warning: {one.name} is {one.ratio:.2f}, goal {one.goal:.2f}")


def test_a_missed_goal_is_seen() -> None:
    good = Figure("--help", "yt-dlp --help", ours=0.1, yardstick=0.2, ratio=0.5, goal=1.0)
    late = Figure("--help", "yt-dlp --help", ours=0.3, yardstick=0.2, ratio=1.5, goal=1.0)
    assert (good.met, good.far_off) == (True, False)
    assert (late.met, late.far_off) == (False, True)
    assert "| 100 / 200 ms = 0.50 | 300 / 200 ms = 1.50 | ≤ 1.0 |" in told([[good], [late]])
