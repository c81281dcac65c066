"""When the notes of a plan go out that still do."""

from __future__ import annotations

from datetime import datetime

from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan
from crossover.model.pace import WentOut
from crossover.schedule.calendar import Calendar, make_calendar
from crossover.schedule.zones import find_zone
from crossover.transfer.outcome import GOES_OUT
from crossover.transfer.report.status import Status


def lay_out(
    made: Plan, where: Status, rules: CalendarRules, now: datetime, went_out: WentOut = ()
) -> Calendar:
    """Lay out the notes that still go out, after those that `went_out` to the account. Practice
    holds none of them back: what was practised goes out on the real account."""
    return make_calendar(
        notes_to_go(made, where),
        rules,
        load_limits(made.site),
        zone=find_zone(rules.zone),
        now=now,
        went_out=went_out,
    )


def notes_to_go(made: Plan, where: Status) -> list[Note]:
    """List the notes that still go out; of a practice account all that move."""
    is_practice = made.site is SiteName.REHEARSAL
    return [
        note
        for note, standing in zip(made.notes, where.notes, strict=True)
        if note.action is Action.MOVE and (is_practice or standing.state in GOES_OUT)
    ]
