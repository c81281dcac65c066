"""What the creator decided about when notes go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Weekday(StrEnum):
    """A day of the week, in the order of `date.weekday`."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Scheduler(StrEnum):
    """Who brings notes out between two sittings: nobody, or RedNote's own scheduler."""

    NONE = "none"
    REDNOTE = "rednote"


@dataclass(frozen=True, slots=True)
class Hours:
    """The part of a day in which notes go out: an hour at least, both ends included, on the clock
    of the creator."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class PausedDays:
    """Days on which nothing goes out, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """When notes go out on a real account. The calendar is computed of it whenever it is shown; no
    plan depends on it.

    `zone` is a name of the time zone database, as `Europe/Lisbon`; empty for that of this computer.
    The creator sits down on `days`, at the beginning of `hours`, for `per_sitting` notes at most.
    RedNote's `scheduler` publishes what was prepared there on the days that follow; without it,
    notes go out in the sittings alone. `first_week` and `later` are how many notes a day may
    go out, in the seven days from the first one on, and then.
    """

    zone: str = ""
    days: tuple[Weekday, ...] = tuple(Weekday)
    hours: Hours = Hours(time(19), time(21))
    per_sitting: int = 9
    scheduler: Scheduler = Scheduler.NONE
    pauses: tuple[PausedDays, ...] = ()
    first_week: int = 1
    later: int = 3
