"""Days that take notes: which of them do, in which hours, and how many each still takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import count

from crossover.limits.limits import Limits
from crossover.model.calendar import CalendarRules, Scheduler, Weekday
from crossover.model.pace import WentOut
from crossover.schedule.zones import moment_on, to_whole_minute

FIRST_WEEK = 7
"""Days from the first note on, in which fewer go out."""

GAP = timedelta(minutes=2)
"""Between two notes of a day, and what one takes in a sitting. Our own guess."""

Gaps = Callable[[int], timedelta]
"""How long after the one before it the next note of a day goes out, by its place in the day."""

_DAY = timedelta(days=1)
_WEEKDAYS = tuple(Weekday)


def count_days(went_out: WentOut, zone: tzinfo) -> Counter[date]:
    """Count the notes of each day. One counts for the day that was kept of it and for the day that
    its moment has in `zone`: whoever travels has no day twice."""
    return Counter(day for moment, kept in went_out for day in _days_of(moment, kept, zone))


def _days_of(moment: datetime, kept: date | None, zone: tzinfo) -> set[date]:
    day = moment.astimezone(zone).date()
    return {day, kept or day}


def first_day(days: Iterable[date], today: date, latest: timedelta) -> date | None:
    """Find the day of the first note: up to today, else of those that are handed over for a day
    within `latest`. What lies farther ahead is of a clock that was wrong."""
    days = sorted(days)
    first = next(iter(days), None)
    if first is None or first > today + latest:
        return None
    return first


class PacedDays:
    """Which days hold notes, and how many each still takes: `taken` is how many it holds already.
    `began` is the day of the account's first note. All moments are in UTC."""

    def __init__(
        self, rules: CalendarRules, limits: Limits, zone: tzinfo, taken: Counter[date]
    ) -> None:
        self.began: date | None = None
        self._rules = rules
        self._zone = zone
        self._soonest = timedelta(minutes=limits.schedule_minutes.value)
        self.latest = timedelta(days=limits.schedule_days.value)
        self._taken = taken

    def sittings_from(self, now: datetime, first: date | None = None) -> Iterator[datetime]:
        """Yield when sittings begin, one on each day that may have one, from `now` and the day
        `first` on."""
        now = to_whole_minute(now.astimezone(UTC))
        today = now.astimezone(self._zone).date()
        begin = max(today, first or today)
        for day in (begin + ahead * _DAY for ahead in count()):
            begins = max(now, self._opens(day))
            if self._has_sitting(day) and begins <= self._closes(day):
                yield begins

    def moments_of(
        self,
        begins: datetime,
        most: int,
        *,
        closes: datetime | None = None,
        gaps: Gaps = lambda _: GAP,
    ) -> list[tuple[datetime, bool]]:
        """Find when up to `most` notes of a sitting go out, and whether RedNote's scheduler
        publishes them; the days count them from now on. The sitting may go on until `closes`, else
        as long as the rules say."""
        day = begins.astimezone(self._zone).date()
        closes = closes or self._closes(day)
        found = [(moment, False) for moment in self.take(day, begins, closes, most, gaps=gaps)]
        if self._rules.scheduler is Scheduler.NONE:
            return found
        for later in self._days_until_next_sitting(day):
            opens = max(self._opens(later), begins + self._soonest)
            closes = min(self._closes(later), begins + self.latest)
            moments = self.take(later, opens, closes, most - len(found), spread=True)
            found += [(moment, True) for moment in moments]
        return found

    def is_scheduled(self, moment: datetime, now: datetime) -> bool:
        """Whether RedNote's scheduler takes a note for that moment from the creator now, and the
        rules say that it shall."""
        within = now + self._soonest <= moment <= now + self.latest
        return self._rules.scheduler is Scheduler.REDNOTE and within

    def take(
        self,
        day: date,
        opens: datetime,
        closes: datetime,
        most: int,
        *,
        spread: bool = False,
        gaps: Gaps = lambda _: GAP,
    ) -> list[datetime]:
        """Take as many moments of a day as its pace leaves, one soon after the other or `spread`
        over its hours. `gaps` is how long after the one before the next follows."""
        if self.is_paused(day):
            return []
        left = min(most, self.left(day))
        if spread and opens <= closes and left > 0:
            left = min(left, (closes - opens) // GAP + 1)
            even = _whole_minutes(max(GAP, (closes - opens) // max(left - 1, 1)))
        else:
            even = None
        moments: list[datetime] = []
        moment = opens
        while len(moments) < left and moment <= closes:
            moments.append(moment)
            moment += even or gaps(len(moments))
        self._taken[day] += len(moments)
        return moments

    def pace(self, day: date) -> int:
        """How many notes a day takes."""
        is_first_week = self.began is None or (day - self.began).days < FIRST_WEEK
        return self._rules.first_week if is_first_week else self._rules.later

    def left(self, day: date) -> int:
        """How many notes a day still takes, whatever is paused."""
        return max(self.pace(day) - self._taken[day], 0)

    def is_paused(self, day: date) -> bool:
        """Whether a rule of the creator lets nothing go out on that day."""
        return any(day in pause for pause in self._rules.pauses)

    def _days_until_next_sitting(self, day: date) -> Iterator[date]:
        for ahead in range(1, self.latest.days + 1):
            later = day + ahead * _DAY
            if self._has_sitting(later):
                return
            yield later

    def _has_sitting(self, day: date) -> bool:
        return _WEEKDAYS[day.weekday()] in self._rules.days and not self.is_paused(day)

    def _opens(self, day: date) -> datetime:
        return moment_on(day, self._rules.hours.opens, self._zone)

    def _closes(self, day: date) -> datetime:
        return max(self._opens(day), moment_on(day, self._rules.hours.closes, self._zone))


def _whole_minutes(span: timedelta) -> timedelta:
    return timedelta(minutes=int(span.total_seconds()) // 60)
