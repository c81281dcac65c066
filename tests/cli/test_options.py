"""Flags are refused before anything happens, in words that say what to give instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rehearsal.makers import run_crossover


@pytest.mark.parametrize("rate", ["1", "0.5K", "1023"])
def test_a_rate_at_which_nothing_would_arrive_is_refused(tmp_path: Path, rate: str) -> None:
    refused = run_crossover("upload", "-w", tmp_path / "w", "--limit-rate", rate)
    assert refused.returncode == 2
    assert b"1K a second or more" in refused.stderr


@pytest.mark.complete
@pytest.mark.parametrize("rate", ["1K", "1024", "500k", "2M"])
def test_a_slow_rate_is_a_rate(tmp_path: Path, rate: str) -> None:
    refused = run_crossover("upload", "-w", tmp_path / "w", "--limit-rate", rate)
    assert b"is no workspace" in refused.stderr
