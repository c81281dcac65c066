"""Notes on days: sittings of the creator, at the pace of a real account.

A day never holds more notes than its pace, whatever was missed before it: what did not go out
moves everything behind it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from crossover.limits.limits import Limits
from crossover.model.calendar import CalendarRules
from crossover.model.notes import Note
from crossover.model.pace import WentOut
from crossover.schedule.days import PacedDays, count_days, first_day


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
    went_out: WentOut = (),
) -> Calendar:
    """Lay notes out on days from `now` on, in their order. `went_out` is when notes of the account
    went out before: without any, the first sitting is the check of the first note. Pure."""
    notes = list(notes)
    fixed = tuple(
        Slot(note, note.schedule.astimezone(zone), scheduled=True)
        for note in notes
        if note.schedule
    )
    taken = count_days(went_out, zone)
    began = first_day(taken, now.astimezone(zone).date(), timedelta(limits.schedule_days.value))
    taken.update(slot.time.date() for slot in fixed)
    days = PacedDays(rules, limits, zone, taken)
    days.began = began
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
