"""What may go out to a real account now: how many notes, when each, and when the next may start.

The cap of a day holds whatever the creator types; their hours are for the calendar alone, for
whoever types `upload` sits there now. The clock of this computer may be wrong: a day that lies
before one that was seen already takes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import partial

from crossover.limits.limits import Limits
from crossover.model.calendar import CalendarRules
from crossover.model.pace import Pace, WentOut
from crossover.schedule.days import Gaps, PacedDays, count_days, first_day
from crossover.schedule.zones import moment_on, to_whole_minute

GAPS = timedelta(minutes=2), timedelta(minutes=6)
"""The shortest and the longest time between two notes of a sitting. Our own guess: nobody tells a
rate that is safe."""

_DAY = timedelta(days=1)
_FULL = 1_000_000
"""Notes; more than a day ever takes."""


class NoSitting(StrEnum):
    """Why no note may go out now: today had its notes, the creator paused the account, a rule of
    theirs pauses today, or the clock shows an earlier day than it did before."""

    DONE_TODAY = "done-today"
    PAUSED = "paused"
    PAUSED_DAYS = "paused-days"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class DueTime:
    """When one note goes out, in the creator's zone. `scheduled`: RedNote's own scheduler publishes
    it, and takes it now."""

    time: datetime
    scheduled: bool = False


@dataclass(frozen=True, slots=True)
class PacedSitting:
    """What may go out now. `due` has a time for each note, in order; none, and then `why`.

    `today` is the day in the creator's zone; it takes `cap` notes, and `out_today` went out before
    this sitting. `left_today`: so many more may go out today after it. `next_at` is when the next
    one may start on a later day, in the creator's zone: None while there is a pause without an
    end. `seen` is the day that the clock showed before, with `NoSitting.CLOCK`, and `paused_until`
    the first day after a pause of the creator's.
    """

    today: date
    cap: int
    out_today: int
    due: tuple[DueTime, ...]
    why: NoSitting | None
    next_at: datetime | None
    left_today: int = 0
    seen: date | None = None
    paused_until: date | None = None


def plan_sitting(
    rules: CalendarRules,
    limits: Limits,
    went_out: WentOut,
    *,
    zone: tzinfo,
    now: datetime,
    pace: Pace,
    seed: str,
    batch: int | None = None,
    ahead: bool = False,
    fixed: Sequence[datetime] = (),
) -> PacedSitting:
    """Find how many notes may go out now, `batch` at most (None: as the rules say), and when each.

    `went_out` is of all notes of the account, from every workspace, and handed over for later days
    as well; `fixed` are times that notes still to go have of their own. `ahead`: the notes are
    handed to the creator, also those of the days that follow, each for a day that has room.
    `seed` is the account: the gaps between its notes are the same when a run is done again. Pure.
    """
    now = now.astimezone(UTC)
    today = now.astimezone(zone).date()
    taken = count_days(went_out, zone)
    latest = timedelta(days=limits.schedule_days.value)
    began, out_today = first_day(taken, today, latest), taken[today]
    taken.update(moment.astimezone(zone).date() for moment in fixed)
    if pace.full_day:
        taken[pace.full_day] += _FULL
    days = PacedDays(rules, limits, zone, taken)
    days.began = began
    seen = pace.seen.astimezone(zone).date() if pace.seen else today
    why = _find_obstacle(days, pace, today, seen, ahead=ahead)
    due: list[DueTime] = []
    if why is None:
        days.began = began or today
        most = rules.per_sitting if batch is None else batch
        gaps = partial(_gap, seed, len(went_out))
        begins = _after_the_last(now, went_out, gaps(0))
        due = _lay_out(days, zone, now, begins, most, gaps, ahead=ahead)
        why = None if due else NoSitting.DONE_TODAY
    return PacedSitting(
        today=today,
        cap=days.pace(today),
        out_today=out_today,
        due=tuple(due),
        why=why,
        next_at=_next_at(days, zone, now, pace, max(today + _DAY, seen)),
        left_today=0 if why or days.is_paused(today) else days.left(today),
        seen=seen if why is NoSitting.CLOCK else None,
        paused_until=pace.paused_until if why is NoSitting.PAUSED else None,
    )


def _find_obstacle(
    days: PacedDays, pace: Pace, today: date, seen: date, *, ahead: bool
) -> NoSitting | None:
    if pace.is_paused(today):
        return NoSitting.PAUSED
    if today < seen:
        return NoSitting.CLOCK
    return NoSitting.PAUSED_DAYS if days.is_paused(today) and not ahead else None


def _lay_out(
    days: PacedDays,
    zone: tzinfo,
    now: datetime,
    begins: datetime,
    most: int,
    gaps: Gaps,
    *,
    ahead: bool,
) -> list[DueTime]:
    """Find a time for up to `most` notes: today from `begins` on, and `ahead` on later days."""
    today = now.astimezone(zone).date()
    tomorrow = today + _DAY
    midnight = moment_on(tomorrow, time(0), zone) - timedelta(seconds=1)
    if not ahead:
        found = days.take(today, begins, midnight, most, gaps=gaps)
        return [DueTime(moment.astimezone(zone)) for moment in found]
    begins = to_whole_minute(begins)
    moments = days.moments_of(begins, most, closes=midnight, gaps=gaps)
    for later in days.sittings_from(begins, tomorrow):
        if len(moments) >= most:
            break
        moments += days.moments_of(later, most - len(moments), gaps=gaps)
    return [
        DueTime(moment.astimezone(zone), days.is_scheduled(moment, begins)) for moment, _ in moments
    ]


def _after_the_last(now: datetime, went_out: WentOut, gap: timedelta) -> datetime:
    """Find when the gap after the note that went out last is over. One that lies ahead of the clock
    lets nobody wait."""
    last = max((moment for moment, _ in went_out if moment <= now), default=None)
    return max(now, last + gap) if last else now


def _gap(seed: str, before: int, place: int) -> timedelta:
    """Choose the time between two notes of an account, in whole minutes."""
    shortest, longest = (int(one.total_seconds()) // 60 for one in GAPS)
    chosen = hashlib.sha256(f"{seed} {before + place}".encode()).digest()
    return timedelta(minutes=shortest + chosen[0] % (longest - shortest + 1))


def _next_at(
    days: PacedDays, zone: tzinfo, now: datetime, pace: Pace, first: date
) -> datetime | None:
    """Find when the next sitting may start, from the day `first` on."""
    if pace.is_paused(first):
        if pace.paused_until is None:
            return None
        first = pace.paused_until
    return next(
        begins.astimezone(zone)
        for begins in days.sittings_from(now, first)
        if days.left(begins.astimezone(zone).date())
    )
