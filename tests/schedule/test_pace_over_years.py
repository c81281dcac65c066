"""Years of sittings, with sleep, journeys, pauses and clocks that jump: no day has more than its
cap, and nobody waits for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules, Hours, Scheduler, Weekday
from crossover.model.pace import Pace
from crossover.schedule.sitting import GAPS, NoSitting, PacedSitting, plan_sitting
from tests.tier import by_tier

LIMITS = load_limits(SiteName.REDNOTE)
BEGIN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ZONES = [
    *("Europe/Lisbon", "America/New_York", "America/Santiago", "Africa/Cairo", "Asia/Shanghai"),
    *("Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Nuuk", "UTC"),
]


@dataclass
class World:
    """A creator, their computer, and one account. `clock` is what the computer shows, and `behind`
    how far that is from the truth; `out` has every note with the day that was the creator's then,
    `true` when notes truly went out."""

    rules: CalendarRules
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Lisbon"))
    clock: datetime = BEGIN
    pace: Pace = field(default_factory=Pace)
    out: list[tuple[datetime, date | None]] = field(default_factory=list)
    behind: timedelta = timedelta()
    true: list[datetime] = field(default_factory=list)

    @property
    def today(self) -> date:
        return self.clock.astimezone(self.zone).date()

    def plan(self, batch: int | None, *, ahead: bool = False) -> PacedSitting:
        made = plan_sitting(
            self.rules,
            LIMITS,
            self.out,
            zone=self.zone,
            now=self.clock,
            pace=self.pace,
            seed="mila",
            batch=batch,
            ahead=ahead,
        )
        self.check(made)
        return made

    def check(self, made: PacedSitting) -> None:
        times = [one.time for one in made.due]
        assert all(one >= self.clock for one in times), "no wait is negative"
        assert times == sorted(times)
        assert (made.why is None) == bool(times)
        assert made.next_at or made.why is NoSitting.PAUSED, "nobody waits for ever"
        if made.next_at:
            assert made.next_at > self.clock
        if self.pace.is_paused(self.today):
            assert made.why is NoSitting.PAUSED
        if made.why is NoSitting.CLOCK:
            assert self.pace.seen
            assert self.pace.seen.astimezone(self.zone).date() > self.today

    def sit_down(self, notes: int) -> None:
        """Send note by note, each when it is due; what comes next is asked anew each time."""
        for _ in range(notes):
            made = self.plan(1)
            if not made.due:
                return
            (one,) = made.due
            assert one.time - self.clock <= GAPS[1]
            self.pace = self.pace.with_sitting(self.clock)
            self.clock = max(self.clock, one.time.astimezone(UTC))
            assert self.today == made.today, "no sitting goes on after midnight"
            self.out.append((self.clock, self.today))
            self.true.append(self.clock + self.behind)
            here = [at.astimezone(self.zone).date() for at, _ in self.out]
            assert here.count(self.today) <= made.cap, "where the creator is now"

    def hand_over(self, notes: int) -> None:
        made = self.plan(notes, ahead=True)
        if made.due:
            self.pace = self.pace.with_sitting(self.clock)
            self.out += [(one.time.astimezone(UTC), one.time.date()) for one in made.due]

    def by_day(self) -> Counter[date]:
        return Counter(day for _, day in self.out if day)


@st.composite
def rules(draw: st.DrawFn) -> CalendarRules:
    opens = draw(st.integers(0, 22))
    return CalendarRules(
        days=tuple(draw(st.sets(st.sampled_from(Weekday), min_size=1))),
        hours=Hours(time(opens), time(draw(st.integers(opens + 1, 23)))),
        scheduler=draw(st.sampled_from(Scheduler)),
        first_week=draw(st.integers(1, 2)),
        later=draw(st.integers(2, 5)),
    )


STEPS = st.one_of(
    st.tuples(st.just("sit"), st.integers(1, 12)),
    st.tuples(st.just("pack"), st.integers(1, 12)),
    st.tuples(st.just("sleep"), st.integers(1, 60 * 24 * 3)),
    st.tuples(st.just("away"), st.integers(60 * 24, 60 * 24 * 60)),
    st.tuples(st.just("pause"), st.integers(0, 20)),
    st.tuples(st.just("resume"), st.just(0)),
)
JOURNEYS = st.tuples(st.just("travel"), st.integers(0, len(ZONES) - 1))
JUMPS = st.one_of(
    st.tuples(
        st.just("jump"), st.sampled_from([60 * 24 * 3652, -60 * 24, -60, 60, -60 * 24 * 400])
    ),
    st.tuples(st.just("jump"), st.integers(-60 * 24 * 20, 60 * 24 * 20)),
    st.tuples(st.just("accept"), st.just(0)),
)


def live(world: World, steps: list[tuple[str, int]]) -> Iterator[World]:
    for what, number in steps:
        match what:
            case "sit":
                world.sit_down(number)
            case "pack":
                world.hand_over(number)
            case "sleep" | "away":
                world.clock += timedelta(minutes=number)
            case "jump":
                world.clock += timedelta(minutes=number)
                world.behind -= timedelta(minutes=number)
            case "travel":
                world.zone = ZoneInfo(ZONES[number])
            case "pause":
                until = world.today + timedelta(days=number) if number else None
                world.pace = world.pace.paused(world.clock, until)
            case "resume":
                world.pace = world.pace.resumed()
            case "accept" if world.plan(1).why is NoSitting.CLOCK:
                world.pace = world.pace.with_clock(world.clock, world.today)
        yield world


@given(rules(), st.lists(st.one_of(STEPS, JOURNEYS), min_size=10, max_size=60))
@settings(max_examples=by_tier(60, 600))
def test_no_day_has_more_than_its_cap_nor_is_the_first_week_any_faster(
    chosen: CalendarRules, steps: list[tuple[str, int]]
) -> None:
    world = World(chosen)
    for _ in live(world, steps):
        pass
    days = world.by_day()
    began = min(days, default=BEGIN.date())
    for day, notes in days.items():
        assert notes <= (chosen.first_week if (day - began).days < 6 else chosen.later)


@given(rules(), st.lists(st.one_of(STEPS, JOURNEYS, JUMPS, JUMPS), min_size=10, max_size=60))
@settings(max_examples=by_tier(60, 600))
def test_whatever_the_clock_does_no_day_is_doubled_and_there_is_a_way_on(
    chosen: CalendarRules, steps: list[tuple[str, int]]
) -> None:
    world = World(chosen)
    for _ in live(world, steps):
        assert max(world.by_day().values(), default=0) <= chosen.later
    world.pace = world.pace.resumed()
    if world.plan(1).why is NoSitting.CLOCK:
        world.pace = world.pace.with_clock(world.clock, world.today)
    made = world.plan(1)
    if not made.due:
        assert made.next_at
        world.clock = made.next_at.astimezone(UTC)
        assert world.plan(1).due, "what is said of the next sitting holds"


SET_BACK = [
    *([("sit", 2)], [("jump", -60 * 24)], [("jump", -90)], [("sleep", 60)], [("away", 60 * 24)]),
    *([("jump", -60 * 24 * days), ("accept", 0), ("sit", 2)] for days in (1, 400)),
]


@given(st.lists(st.sampled_from(SET_BACK), min_size=10, max_size=60))
@settings(max_examples=by_tier(60, 600))
def test_a_clock_that_is_set_back_again_and_again_lets_no_storm_out(
    steps: list[list[tuple[str, int]]],
) -> None:
    """A true day may reach into two days of the clock; no more than their notes go out in it."""
    world = World(CalendarRules(first_week=2, later=2))
    for _ in live(world, [one for some in steps for one in some]):
        pass
    for begins in world.true:
        in_a_day = [at for at in world.true if begins <= at < begins + timedelta(days=1)]
        assert len(in_a_day) <= 2 * world.rules.later


@pytest.mark.parametrize("zone", by_tier(["America/Santiago"], ZONES[2::3]))
def test_years_of_evenings_bring_out_as_many_notes_as_the_pace_allows(zone: str) -> None:
    days = by_tier(250, 800)
    world = World(CalendarRules(), ZoneInfo(zone))
    for day in range(days):
        world.clock = BEGIN + timedelta(days=day)
        world.sit_down(4)
    assert sorted(world.by_day().values()) == [1] * 7 + [3] * (days - 7)
