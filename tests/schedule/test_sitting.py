"""What may go out now: never more than the cap of a day, whatever the clock and the creator do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules, Hours, PausedDays, Scheduler, Weekday
from crossover.model.pace import Pace
from crossover.schedule.sitting import GAPS, NoSitting, PacedSitting, plan_sitting

LIMITS = load_limits(SiteName.REDNOTE)
LISBON, SHANGHAI = ZoneInfo("Europe/Lisbon"), ZoneInfo("Asia/Shanghai")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)  # a Tuesday
LONG_AGO = NOW - timedelta(days=90)


def sitting(
    went_out: Sequence[Any] = (),
    *,
    now: datetime = NOW,
    zone: Any = LISBON,
    pace: Pace | None = None,
    batch: int | None = None,
    ahead: bool = False,
    fixed: Sequence[datetime] = (),
    **rules: Any,
) -> PacedSitting:
    pairs = [one if isinstance(one, tuple) else (one, None) for one in went_out]
    return plan_sitting(
        CalendarRules(**rules),
        LIMITS,
        pairs,
        zone=zone,
        now=now,
        pace=pace or Pace(),
        seed="mila",
        batch=batch,
        ahead=ahead,
        fixed=fixed,
    )


def due(made: PacedSitting) -> list[str]:
    marks = {True: " by RedNote", False: ""}
    return [f"{one.time:%a %d %H:%M}{marks[one.scheduled]}" for one in made.due]


def test_one_note_may_go_out_on_each_day_of_the_first_week_and_three_then() -> None:
    first = sitting()
    assert (due(first), first.cap, first.why) == (["Tue 01 10:00"], 1, None)
    assert len(sitting([NOW - timedelta(days=6)]).due) == 1
    assert len(sitting([NOW - timedelta(days=7)]).due) == 3


def test_a_day_that_had_its_notes_takes_no_more_and_says_when_the_next_may_start() -> None:
    done = sitting([LONG_AGO, *(NOW - timedelta(hours=at) for at in (1, 2, 3))])
    assert (done.due, done.why, done.out_today) == ((), NoSitting.DONE_TODAY, 3)
    assert f"{done.next_at:%a %d %H:%M}" == "Wed 02 19:00"


@pytest.mark.parametrize("missed", [1, 3, 30, 4000])
def test_missed_days_never_make_the_next_one_longer(missed: int) -> None:
    assert len(sitting([LONG_AGO], now=NOW + timedelta(days=missed)).due) == 3


def test_whoever_sits_there_outside_of_the_hours_or_days_of_the_calendar_may_send() -> None:
    late = datetime(2026, 12, 1, 23, 10, tzinfo=UTC)
    made = sitting([LONG_AGO], now=late, days=(Weekday.SUN,))
    assert len(made.due) == 3
    assert f"{made.next_at:%a %d %H:%M}" == "Sun 06 19:00"


def test_notes_of_a_sitting_have_gaps_of_different_length_that_stay_when_it_is_done_again() -> None:
    made = sitting([LONG_AGO], later=20, batch=20)
    times = [one.time for one in made.due]
    gaps = {after - before for before, after in pairwise(times)}
    assert GAPS[0] <= min(gaps) < max(gaps) <= GAPS[1]
    assert sitting([LONG_AGO], later=20, batch=20) == made


def test_a_sitting_that_was_stopped_goes_on_after_the_gap() -> None:
    made = sitting([LONG_AGO])
    again = sitting([LONG_AGO, made.due[0].time], now=NOW + timedelta(seconds=1))
    assert [one.time for one in again.due] == [one.time for one in made.due[1:]]


def test_no_sitting_goes_on_after_midnight() -> None:
    made = sitting([LONG_AGO], now=datetime(2026, 12, 1, 23, 59, 30, tzinfo=UTC))
    assert due(made) == ["Tue 01 23:59"]
    assert made.why is None


def test_a_smaller_batch_leaves_the_rest_of_the_day() -> None:
    made = sitting([LONG_AGO], batch=1)
    assert (len(made.due), made.left_today) == (1, 2)


def test_a_pause_stops_until_its_day_or_until_it_is_ended() -> None:
    until = Pace(paused_since=NOW, paused_until=date(2026, 12, 4))
    made = sitting([LONG_AGO], pace=until)
    assert (made.due, made.why) == ((), NoSitting.PAUSED)
    assert f"{made.next_at:%a %d}" == "Fri 04"
    assert sitting([LONG_AGO], pace=until, ahead=True).why is NoSitting.PAUSED
    assert len(sitting([LONG_AGO], pace=until, now=datetime(2026, 12, 4, tzinfo=UTC)).due) == 3
    endless = sitting([LONG_AGO], pace=Pace(paused_since=NOW))
    assert (endless.why, endless.next_at) == (NoSitting.PAUSED, None)


def test_days_that_a_rule_pauses_take_nothing() -> None:
    pauses = (PausedDays(date(2026, 12, 1), date(2026, 12, 2)),)
    made = sitting([LONG_AGO], pauses=pauses)
    assert (made.due, made.why) == ((), NoSitting.PAUSED_DAYS)
    assert f"{made.next_at:%a %d}" == "Thu 03"
    handed = sitting([LONG_AGO], pauses=pauses, ahead=True, batch=1)
    assert due(handed) == ["Thu 03 19:00"]


def test_a_note_counts_for_its_day_at_home_and_for_that_of_its_moment_on_a_journey() -> None:
    """Posted on Tuesday in Shanghai; it is Monday in Los Angeles then, and Tuesday again later."""
    in_shanghai = datetime(2026, 12, 1, 7, 0, tzinfo=SHANGHAI)
    out = [(in_shanghai, date(2026, 12, 1))]
    on_monday = datetime(2026, 11, 30, 20, 0, tzinfo=LOS_ANGELES)
    on_tuesday = datetime(2026, 12, 1, 9, 0, tzinfo=LOS_ANGELES)
    for now in (on_monday, on_tuesday):
        assert sitting(out, now=now, zone=LOS_ANGELES).why is NoSitting.DONE_TODAY
    assert len(sitting(out, now=on_tuesday + timedelta(days=1), zone=LOS_ANGELES).due) == 1


def test_a_clock_that_was_set_back_by_a_day_stops_until_it_is_that_day_again() -> None:
    pace = Pace(seen=NOW + timedelta(days=1))
    made = sitting([LONG_AGO], pace=pace)
    assert (made.why, made.seen) == (NoSitting.CLOCK, date(2026, 12, 2))
    assert f"{made.next_at:%a %d}" == "Wed 02"
    assert len(sitting([LONG_AGO], pace=pace, now=NOW + timedelta(days=1)).due) == 3


def test_a_clock_that_was_ten_years_ahead_is_left_behind_by_the_creators_word() -> None:
    ahead = NOW + timedelta(days=3652)
    out = [LONG_AGO, ahead]
    assert sitting(out, pace=Pace(seen=ahead)).why is NoSitting.CLOCK
    accepted = Pace(seen=NOW, full_day=NOW.date())
    today = sitting(out, pace=accepted)
    assert (today.why, f"{today.next_at:%a %d}") == (NoSitting.DONE_TODAY, "Wed 02")
    assert len(sitting(out, pace=accepted, now=NOW + timedelta(days=1)).due) == 3


def test_a_clock_that_runs_backwards_within_a_day_lets_nobody_wait() -> None:
    out = [LONG_AGO, NOW + timedelta(hours=3)]
    made = sitting(out, pace=Pace(seen=NOW + timedelta(hours=3)))
    assert due(made)[0] == "Tue 01 10:00"
    assert len(made.due) == 2


def test_a_pack_has_a_time_for_each_note_and_no_day_has_more_than_its_cap() -> None:
    made = sitting([NOW - timedelta(days=5)], ahead=True, batch=6)
    assert [text[:6] for text in due(made)] == ["Tue 01", "Wed 02", *["Thu 03"] * 3, "Fri 04"]
    assert due(made)[0] == "Tue 01 10:00"
    assert not any(one.scheduled for one in made.due)


def test_the_next_pack_begins_on_the_first_day_with_room() -> None:
    first = sitting([LONG_AGO], ahead=True, batch=4)
    out = [LONG_AGO, *((one.time, one.time.date()) for one in first.due)]
    second = sitting(out, ahead=True, batch=3)
    assert [text[:6] for text in due(second)] == ["Wed 02", "Wed 02", "Thu 03"]
    assert sitting(out).why is NoSitting.DONE_TODAY


def test_rednotes_scheduler_publishes_the_notes_of_a_pack_that_come_later() -> None:
    made = sitting([LONG_AGO], ahead=True, batch=8, scheduler=Scheduler.REDNOTE)
    assert [one.scheduled for one in made.due] == [False] * 3 + [True] * 5
    far = sitting([LONG_AGO], ahead=True, batch=60, scheduler=Scheduler.REDNOTE)
    ahead = [one.time - NOW for one in far.due if one.scheduled]
    assert timedelta(hours=1) <= min(ahead) < max(ahead) <= timedelta(days=14)


def test_a_time_that_a_note_has_of_its_own_counts_for_its_day() -> None:
    fixed = [datetime(2026, 12, 1, 20, 0, tzinfo=UTC)] * 2
    assert len(sitting([LONG_AGO], fixed=fixed).due) == 1


def test_at_a_whole_day_of_hours_a_pack_still_ends_at_midnight() -> None:
    hours = Hours(time(0, 0), time(23, 59))
    late = datetime(2026, 12, 1, 23, 58, 30, tzinfo=UTC)
    made = sitting([LONG_AGO], now=late, ahead=True, batch=2, hours=hours)
    assert due(made) == ["Tue 01 23:59", "Wed 02 00:00"]
