"""Every note has one slot, in order, and no day more of them than the pace of a real account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules, Hours, PausedDays, Scheduler, Weekday
from crossover.model.notes import Note
from crossover.schedule.calendar import Calendar, make_calendar
from tests.makers import note

LIMITS = load_limits(SiteName.REDNOTE)
LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)  # a Tuesday
NOTE = note()
WED_AND_SUN = (Weekday.WED, Weekday.SUN)


def notes(number: int) -> list[Note]:
    return [replace(NOTE, id=f"n{at}", number=str(at)) for at in range(1, number + 1)]


def calendar(number: int = 20, zone: Any = LISBON, now: datetime = NOW, **fields: Any) -> Calendar:
    went_out = [(moment, None) for moment in fields.pop("went_out", ())]
    rules = CalendarRules(**fields)
    return make_calendar(notes(number), rules, LIMITS, zone=zone, now=now, went_out=went_out)


def numbers_by_day(made: Calendar) -> dict[str, str]:
    days: dict[str, str] = {}
    for slot in made.slots:
        day = f"{slot.time:%a %d}"
        days[day] = f"{days.get(day, '')} {slot.note.number}".strip()
    return days


def test_one_note_a_day_in_the_first_week_then_three() -> None:
    days = numbers_by_day(calendar(12))
    assert list(days.values()) == [*"1234567", "8 9 10", "11 12"]
    assert list(days)[:2] == ["Tue 01", "Wed 02"]


def test_the_first_note_of_an_account_is_a_check_in_a_sitting_of_its_own() -> None:
    first, second, *_ = calendar(days=WED_AND_SUN, scheduler=Scheduler.REDNOTE).sittings
    assert (first.is_check, len(first.slots), f"{first.begins:%a}") == (True, 1, "Wed")
    assert (second.is_check, f"{second.begins:%a}") == (False, "Sun")


def test_an_account_with_notes_goes_on_at_the_pace_of_its_age() -> None:
    young = calendar(9, went_out=[NOW - timedelta(days=5)])
    assert [s.is_check for s in young.sittings] == [False] * len(young.sittings)
    assert list(numbers_by_day(young).values()) == ["1", "2", "3 4 5", "6 7 8", "9"]
    old = calendar(4, went_out=[NOW - timedelta(days=90), NOW - timedelta(hours=1)])
    assert list(numbers_by_day(old).values()) == ["1 2", "3 4"], "one went out today"


@pytest.mark.parametrize("missed", [1, 3, 30])
def test_a_missed_day_moves_the_rest_and_never_doubles_the_next(missed: int) -> None:
    before = [NOW - timedelta(days=90)]
    made = calendar(9, went_out=before)
    later = calendar(9, went_out=before, now=NOW + timedelta(days=missed))
    times = [slot.time + timedelta(days=missed) for slot in made.slots]
    assert [slot.time for slot in later.slots] == times


def test_rednotes_scheduler_brings_notes_out_between_two_sittings() -> None:
    made = calendar(
        12,
        days=WED_AND_SUN,
        scheduler=Scheduler.REDNOTE,
        went_out=[NOW - timedelta(days=90)],
        per_sitting=9,
    )
    first, second = made.sittings
    assert [f"{slot.time:%a %H:%M}" for slot in first.slots] == [
        *("Wed 19:00", "Wed 19:02", "Wed 19:04"),
        *("Thu 19:00", "Thu 20:00", "Thu 21:00"),
        *("Fri 19:00", "Fri 20:00", "Fri 21:00"),
    ]
    assert [slot.scheduled for slot in first.slots] == [False] * 3 + [True] * 6
    assert (first.minutes, f"{second.begins:%a %H:%M}", second.minutes) == (20, "Sun 19:00", 10)


def test_rednotes_scheduler_takes_nothing_within_an_hour() -> None:
    made = calendar(
        2,
        now=datetime(2026, 12, 1, 23, 30, tzinfo=UTC),
        hours=Hours(time(0, 0), time(23, 59)),
        days=(Weekday.TUE,),
        scheduler=Scheduler.REDNOTE,
        went_out=[NOW - timedelta(days=3)],
    )
    assert [f"{slot.time:%a %H:%M}" for slot in made.slots] == ["Tue 23:30", "Wed 00:30"]


def test_rednotes_scheduler_takes_nothing_beyond_two_weeks() -> None:
    """The last of fourteen days ends an hour later where summer time does."""
    made = calendar(
        28,
        now=datetime(2026, 10, 12, 23, 0, tzinfo=UTC),
        hours=Hours(time(0, 0), time(23, 59)),
        days=(Weekday.TUE,),
        pauses=(PausedDays(date(2026, 10, 20), date(2026, 10, 20)),),
        per_sitting=100,
        later=2,
        scheduler=Scheduler.REDNOTE,
        went_out=[NOW - timedelta(days=300)],
    )
    (first, *_) = made.sittings
    assert f"{first.slots[-1].time:%a %d %H:%M}" == "Mon 26 23:00"


def test_without_the_scheduler_notes_go_out_in_sittings_alone() -> None:
    made = calendar(5, days=WED_AND_SUN, went_out=[NOW - timedelta(days=90)])
    assert numbers_by_day(made) == {"Wed 02": "1 2 3", "Sun 06": "4 5"}


def test_the_day_of_a_sitting_that_is_over_is_left_out() -> None:
    late = datetime(2026, 12, 1, 21, 0, 1, tzinfo=UTC)
    assert f"{calendar(now=late).sittings[0].begins:%a %H:%M}" == "Wed 19:00"
    soon = datetime(2026, 12, 1, 20, 15, 30, tzinfo=UTC)
    assert f"{calendar(now=soon).sittings[0].begins:%a %H:%M}" == "Tue 20:16"


def test_nothing_goes_out_in_a_pause() -> None:
    pause = PausedDays(date(2026, 12, 2), date(2026, 12, 4))
    assert list(numbers_by_day(calendar(3, pauses=(pause,)))) == ["Tue 01", "Sat 05", "Sun 06"]


def test_rednotes_scheduler_publishes_nothing_in_a_pause_and_nobody_sits_down() -> None:
    pauses = (
        PausedDays(date(2026, 12, 3), date(2026, 12, 3)),
        PausedDays(date(2026, 12, 6), date(2026, 12, 6)),
    )
    made = calendar(
        14,
        days=WED_AND_SUN,
        pauses=pauses,
        per_sitting=12,
        scheduler=Scheduler.REDNOTE,
        went_out=[NOW - timedelta(days=90)],
    )
    assert list(numbers_by_day(made)) == ["Wed 02", "Fri 04", "Sat 05", "Mon 07", "Wed 09"]
    assert [f"{sitting.begins:%a %d}" for sitting in made.sittings] == ["Wed 02", "Wed 09"]


def test_a_fixed_time_stays_and_counts_for_its_day() -> None:
    fixed = replace(NOTE, id="f", number="99", schedule=datetime(2026, 12, 2, 8, 0, tzinfo=UTC))
    some = [fixed, *notes(3)]
    made = make_calendar(some, CalendarRules(), LIMITS, zone=LISBON, now=NOW)
    assert numbers_by_day(made) == {"Tue 01": "1", "Wed 02": "99", "Thu 03": "2", "Fri 04": "3"}
    assert [(slot.note.number, slot.scheduled) for slot in made.fixed] == [("99", True)]


def test_without_notes_there_is_nothing_to_sit_down_for() -> None:
    made = calendar(0)
    assert (made.sittings, made.fixed, made.slots) == ((), (), ())


ZONES = [
    *("Europe/Lisbon", "America/New_York", "America/Nuuk", "America/Santiago", "Africa/Cairo"),
    *("Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Asia/Shanghai", "UTC"),
]


@st.composite
def rules(draw: st.DrawFn) -> CalendarRules:
    opens = draw(st.integers(0, 22 * 60 + 59))
    closes = draw(st.integers(opens + 60, 23 * 60 + 59))
    firsts = draw(st.lists(st.integers(0, 300), max_size=3))
    pauses = [date(2026, 10, 1) + timedelta(days=first) for first in firsts]
    return CalendarRules(
        days=tuple(draw(st.sets(st.sampled_from(Weekday), min_size=1))),
        hours=Hours(time(opens // 60, opens % 60), time(closes // 60, closes % 60)),
        per_sitting=draw(st.integers(1, 40)),
        scheduler=draw(st.sampled_from(Scheduler)),
        pauses=tuple(
            PausedDays(day, day + timedelta(days=draw(st.integers(0, 40)))) for day in pauses
        ),
        first_week=draw(st.integers(1, 3)),
        later=draw(st.integers(1, 50)),
    )


@given(
    rules(),
    st.sampled_from(ZONES).map(ZoneInfo),
    st.integers(0, 270 * 24 * 60 * 60),
    st.integers(0, 60),
    st.lists(st.integers(0, 20 * 24 * 60), max_size=4),
)
def test_whatever_the_rules_every_promise_holds(
    chosen: CalendarRules, zone: ZoneInfo, later: int, number: int, ago: list[int]
) -> None:
    now = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(seconds=later)
    went_out = [now - timedelta(minutes=minutes) for minutes in ago]
    some = notes(number)
    made = make_calendar(
        some, chosen, LIMITS, zone=zone, now=now, went_out=[(one, None) for one in went_out]
    )
    slots = made.slots
    assert [slot.note for slot in slots] == some, "every note once, in order"
    times = [slot.time.astimezone(UTC) for slot in slots]
    assert all(b - a >= timedelta(minutes=2) for a, b in pairwise(times))
    assert all(moment >= now and not moment.second + moment.microsecond for moment in times)
    check_days(made, chosen, [moment.astimezone(zone).date() for moment in went_out])
    for sitting in made.sittings:
        assert len(sitting.slots) <= chosen.per_sitting
        for slot in sitting.slots:
            ahead = slot.time.astimezone(UTC) - sitting.begins.astimezone(UTC)
            if slot.scheduled:
                assert timedelta(hours=1) <= ahead <= timedelta(days=14)
            else:
                assert slot.time.date() == sitting.begins.date()


@given(rules(), st.lists(st.booleans(), min_size=10, max_size=30), st.integers(1, 30))
def test_whatever_sittings_are_missed_no_day_takes_more(
    chosen: CalendarRules, comes: list[bool], number: int
) -> None:
    """Each day the calendar is made anew of what is left; the creator sits down, or misses it."""
    left, out = notes(number), dict[str, datetime]()
    for day, sits in enumerate(comes):
        now = datetime.combine(NOW.date() + timedelta(days=day), time(0), LISBON)
        went_out = [moment for moment in out.values() if moment < now]
        if any(moment >= now for moment in out.values()):
            continue  # RedNote still publishes what it was given
        made = make_calendar(
            left, chosen, LIMITS, zone=LISBON, now=now, went_out=[(one, None) for one in went_out]
        )
        today = [sitting for sitting in made.sittings if sitting.begins.date() == now.date()]
        if sits and today:
            given_out = today[0].slots
            out |= {slot.note.id: slot.time for slot in given_out}
            left = left[len(given_out) :]
    assert [*out] == [note.id for note in notes(number)][: len(out)], "each once, in order"
    counted = Counter(moment.date() for moment in out.values())
    began = min(counted, default=NOW.date())
    for day_out, some in counted.items():
        first_week = (day_out - began).days < 7
        assert some <= (chosen.first_week if first_week else chosen.later)


def check_days(made: Calendar, chosen: CalendarRules, before: Iterable[date]) -> None:
    """No day holds more than its pace, none is in a pause, and sittings are on the days for them."""
    counted = Counter([*before, *(slot.time.date() for slot in made.slots)])
    began = min(counted, default=None)
    for day in {slot.time.date() for slot in made.slots}:
        assert began is not None
        first_week = (day - began).days < 7
        assert counted[day] <= (chosen.first_week if first_week else chosen.later)
        assert not any(day in pause for pause in chosen.pauses)
    for sitting in made.sittings:
        assert list(Weekday)[sitting.begins.weekday()] in chosen.days
        assert not any(sitting.begins.date() in pause for pause in chosen.pauses)


@pytest.mark.parametrize(
    ("zone", "day", "opens"),
    [
        ("Europe/Lisbon", date(2027, 3, 28), time(1, 30)),  # 1:00 becomes 2:00
        ("America/Nuuk", date(2027, 3, 27), time(22, 50)),  # 23:00 becomes the next day
        ("America/Santiago", date(2027, 9, 5), time(0, 0)),  # the day begins at 1:00
        ("Europe/Lisbon", date(2026, 10, 25), time(1, 30)),  # 1:30 comes twice
    ],
)
def test_notes_stay_on_their_day_where_the_clock_is_changed(
    zone: str, day: date, opens: time
) -> None:
    hours = Hours(opens, time(23, 59))
    now = datetime.combine(day - timedelta(days=1), time(12), ZoneInfo(zone))
    made = calendar(9, ZoneInfo(zone), now, hours=hours, went_out=[NOW - timedelta(days=900)])
    by_day = Counter(slot.time.date() for slot in made.slots)
    assert by_day[day] == 3
    assert max(by_day.values()) == 3


def test_years_of_notes_are_laid_out_at_once() -> None:
    begun = process_time()
    assert len(calendar(5000).slots) == 5000
    assert process_time() - begun < 1.5
