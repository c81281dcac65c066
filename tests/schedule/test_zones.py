"""The zone of the computer is as good as one that is named, and a clock shows a time on its day."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

import pytest

from crossover.schedule.zones import ComputerZone, find_zone, moment_on, to_whole_minute


@pytest.fixture(params=["Europe/Lisbon", "Australia/Lord_Howe", "America/Nuuk", "Asia/Kathmandu"])
def at_home(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZoneInfo]:
    """This computer's zone is the one returned."""
    if not hasattr(time, "tzset"):
        pytest.skip("Windows takes its zone from the system alone")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield ZoneInfo(request.param)
    time.tzset()


def test_the_zone_of_the_computer_follows_its_summer_time(at_home: ZoneInfo) -> None:
    here = find_zone("")
    assert isinstance(here, ComputerZone)
    start = datetime(2026, 10, 20, tzinfo=UTC)
    changes = (timedelta(days=day) for day in range(365) if _changes(at_home, start, day))
    moments = [start + change + timedelta(minutes=30 * n) for change in changes for n in range(50)]
    for moment in [start, *moments]:
        named, own = moment.astimezone(at_home), moment.astimezone(here)
        assert own.replace(tzinfo=None) == named.replace(tzinfo=None)
        assert (own.utcoffset(), own.fold) == (named.utcoffset(), named.fold)
        assert own.astimezone(UTC) == moment


def _changes(zone: ZoneInfo, start: datetime, day: int) -> bool:
    first, second = (start + timedelta(days=day + more) for more in (0, 1))
    return first.astimezone(zone).utcoffset() != second.astimezone(zone).utcoffset()


def test_a_time_on_a_day_is_the_same_moment_in_both(at_home: ZoneInfo) -> None:
    for day in (date(2026, 10, 25) + timedelta(days=n) for n in range(370)):
        for clock in (clock_time(0, 0), clock_time(1, 30), clock_time(2, 15), clock_time(23, 30)):
            moment = moment_on(day, clock, ComputerZone())
            assert moment == moment_on(day, clock, at_home)
            assert moment.astimezone(at_home).date() == day


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    twice = moment_on(date(2026, 10, 25), clock_time(1, 30), lisbon)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_minute_that_has_begun_is_over() -> None:
    sharp = datetime(2026, 12, 1, 10, 5, tzinfo=UTC)
    assert to_whole_minute(sharp) == sharp
    assert to_whole_minute(sharp + timedelta(microseconds=1)) == sharp + timedelta(minutes=1)
