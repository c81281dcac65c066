"""The pace of an account lies in its folder, whole, and is never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crossover.accounts.pace import AccountPace
from crossover.errors import CrossoverError
from crossover.model.pace import Pace

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def test_nothing_is_kept_before_something_was_said(tmp_path: Path) -> None:
    assert AccountPace(tmp_path).read() == Pace()
    assert list(tmp_path.iterdir()) == []


def test_a_pause_ends_on_the_day_that_was_named(tmp_path: Path) -> None:
    AccountPace(tmp_path).pause(NOW, date(2026, 12, 4))
    kept = AccountPace(tmp_path).read()
    assert [kept.is_paused(date(2026, 12, day)) for day in (1, 3, 4)] == [True, True, False]
    assert not AccountPace(tmp_path).resume().is_paused(date(2026, 12, 1))


def test_the_newest_clock_stays_whatever_a_later_one_says(tmp_path: Path) -> None:
    pace = AccountPace(tmp_path)
    pace.begin_sitting(NOW)
    pace.begin_sitting(NOW - timedelta(days=1))
    assert pace.read().seen == NOW
    assert pace.accept_clock(NOW - timedelta(days=1), date(2026, 11, 30)).seen != NOW


def test_a_sitting_keeps_a_pause_that_was_said_before(tmp_path: Path) -> None:
    AccountPace(tmp_path).pause(NOW, None)
    assert AccountPace(tmp_path).begin_sitting(NOW).paused_since == NOW


def test_a_damaged_pace_is_told_and_never_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "pace.json").write_text("{")
    with pytest.raises(CrossoverError, match="damaged"):
        AccountPace(tmp_path).read()
