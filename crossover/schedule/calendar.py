"""Notes on days: sittings of the creator, at the pace of a real account.

A day never holds more notes than its pace, whatever was missed before it: what did not go out
moves everything behind it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import count

from crossover.limits.limits import Limits
from crossover.model.calendar import CalendarRules, Scheduler, Weekday
from crossover.model.notes import Note
from crossover.schedule.zones import moment_on, to_whole_minute

_FIRST_WEEK = 7
"""Days from the first note on, in which fewer go out."""

_GAP = timedelta(minutes=2)
"""Between two notes of a day, and what one takes in a sitting. Our own guess."""
_DAY = timedelta(days=1)
_DAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class Slot:
    """When one note goes out, a whole minute in the zone of the calendar. `scheduled`: RedNote's
    own scheduler publishes it, else the creator does."""

    note: Note
    time: datetime
    scheduled: bool


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """Notes that the creator brings out, or hands to RedNote's scheduler, at one time. `is_check`:
    it is the first note of an account, which goes out for the creator alone, who looks at it."""

    begins: datetime
    slots: tuple[Slot, ...]
    is_check: bool = False

    @property
    def minutes(self) -> int:
        """About how long it takes: two minutes a note and two to begin, in steps of five."""
        return -(-(2 + 2 * len(self.slots)) // 5) * 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Every note that still goes out, once: in a sitting in the order of the plan, or at a time that
    was `fixed` for it."""

    sittings: tuple[PlannedSitting, ...]
    fixed: tuple[Slot, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All of them by time."""
        placed = (slot for sitting in self.sittings for slot in sitting.slots)
        return tuple(sorted((*placed, *self.fixed), key=lambda slot: slot.time))


def make_calendar(
    notes: Iterable[Note],
    rules: CalendarRules,
    limits: Limits,
    *,
    zone: tzinfo,
    now: datetime,
    went_out: Sequence[datetime] = (),
) -> Calendar:
    """Lay notes out on days from `now` on, in their order. `went_out` is when notes of the account
    went out before: without any, the first sitting is the check of the first note. Pure."""
    notes = list(notes)
    fixed = tuple(
        Slot(note, note.schedule.astimezone(zone), scheduled=True)
        for note in notes
        if note.schedule
    )
    days = _Days(rules, limits, zone, (*went_out, *(slot.time for slot in fixed)))
    days.began = min((moment.astimezone(zone).date() for moment in went_out), default=None)
    queue = deque(note for note in notes if not note.schedule)
    sittings = []
    for begins in days.sittings_from(now):
        if not queue:
            break
        is_check = days.began is None
        if is_check:
            days.began = begins.astimezone(zone).date()
        most = 1 if is_check else rules.per_sitting
        moments = days.moments_of(begins, min(most, len(queue)))
        if moments:
            slots = tuple(
                Slot(queue.popleft(), moment.astimezone(zone), scheduled)
                for moment, scheduled in moments
            )
            sittings.append(PlannedSitting(begins.astimezone(zone), slots, is_check))
    return Calendar(tuple(sittings), fixed)


class _Days:
    """Which days hold notes, and how many each still takes. All moments are in UTC."""

    def __init__(
        self, rules: CalendarRules, limits: Limits, zone: tzinfo, taken: Iterable[datetime]
    ) -> None:
        self.began: date | None = None
        self._rules = rules
        self._zone = zone
        self._soonest = timedelta(minutes=limits.schedule_minutes.value)
        self._latest = timedelta(days=limits.schedule_days.value)
        self._taken = Counter(moment.astimezone(zone).date() for moment in taken)

    def sittings_from(self, now: datetime) -> Iterator[datetime]:
        """Yield when sittings begin, one on each day that may have one."""
        now = to_whole_minute(now.astimezone(UTC))
        today = now.astimezone(self._zone).date()
        for day in (today + ahead * _DAY for ahead in count()):
            begins = max(now, self._opens(day))
            if self._has_sitting(day) and begins <= self._closes(day):
                yield begins

    def moments_of(self, begins: datetime, most: int) -> list[tuple[datetime, bool]]:
        """Find when up to `most` notes of a sitting go out, and whether RedNote's scheduler
        publishes them; the days count them from now on."""
        day = begins.astimezone(self._zone).date()
        found = [(moment, False) for moment in self._take(day, begins, self._closes(day), most)]
        if self._rules.scheduler is Scheduler.NONE:
            return found
        for later in self._days_until_next_sitting(day):
            opens = max(self._opens(later), begins + self._soonest)
            closes = min(self._closes(later), begins + self._latest)
            moments = self._take(later, opens, closes, most - len(found), spread=True)
            found += [(moment, True) for moment in moments]
        return found

    def _take(
        self, day: date, opens: datetime, closes: datetime, most: int, *, spread: bool = False
    ) -> list[datetime]:
        """Take as many moments of a day as its pace leaves, one soon after the other or `spread`
        over its hours."""
        if closes < opens or self._is_paused(day):
            return []
        number = min(most, self._pace(day) - self._taken[day], (closes - opens) // _GAP + 1)
        if number <= 0:
            return []
        gap = max(_GAP, (closes - opens) // max(number - 1, 1)) if spread else _GAP
        self._taken[day] += number
        minutes = int(gap.total_seconds()) // 60
        return [opens + timedelta(minutes=minutes * at) for at in range(number)]

    def _days_until_next_sitting(self, day: date) -> Iterator[date]:
        for ahead in range(1, self._latest.days + 1):
            later = day + ahead * _DAY
            if self._has_sitting(later):
                return
            yield later

    def _pace(self, day: date) -> int:
        is_first_week = self.began is None or (day - self.began).days < _FIRST_WEEK
        return self._rules.first_week if is_first_week else self._rules.later

    def _has_sitting(self, day: date) -> bool:
        return _DAYS[day.weekday()] in self._rules.days and not self._is_paused(day)

    def _is_paused(self, day: date) -> bool:
        return any(day in pause for pause in self._rules.pauses)

    def _opens(self, day: date) -> datetime:
        return moment_on(day, self._rules.hours.opens, self._zone)

    def _closes(self, day: date) -> datetime:
        return max(self._opens(day), moment_on(day, self._rules.hours.closes, self._zone))
