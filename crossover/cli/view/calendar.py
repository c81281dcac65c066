"""When notes go out, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from rich.text import Text

from crossover.cli.view.next_step import Flags, command_line, placed
from crossover.cli.view.screen import (
    ALL_RANGES,
    FEW_RANGES,
    console,
    count,
    hanging,
    home_short,
    note_numbers_text,
    say,
    say_points,
)
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules, Scheduler, Weekday
from crossover.model.next_step import Hint, step
from crossover.model.notes import Plan
from crossover.schedule.calendar import Calendar, PlannedSitting, Slot
from crossover.text import join_ranges

_LINES_AROUND = 18
"""Lines above and below the weeks, which belong on the same screen."""
_FEWEST = 6


def show_calendar(
    calendar: Calendar, rules: CalendarRules, made: Plan, flags: Flags, *, every: bool
) -> None:
    """Show the sums, the weeks or every sitting, and what can change it. On a terminal there are
    weeks alone, a screenful of them, unless `every` sitting is asked for."""
    slots = calendar.slots
    if not slots:
        say("No note goes out yet, so there is no calendar.", style="bold")
        return
    first, last = slots[0].time, slots[-1].time
    sittings = count(len(calendar.sittings), "sitting")
    say(f"{count(len(slots), 'note')} in {sittings}: {_day(first)} to {_day(last)}.", style="bold")
    say_points(_explain(calendar, rules, is_practice=made.site is SiteName.REHEARSAL))
    console.print()
    if every or not console.is_terminal:
        _show_sittings(calendar)
    else:
        _show_weeks(slots, calendar, flags)
    console.print()
    say("What can change it:", style="bold")
    say_points(placed(line, flags) for line in _what_changes_it(made))
    say("For your calendar app:", f"`{command_line(_ICS, flags)}`")
    say("Begin with your best posts:", f"`{command_line(step('plan', '--best', '60'), flags)}`")


_ICS = step("plan", "--ics", "rednote.ics")


def _explain(calendar: Calendar, rules: CalendarRules, *, is_practice: bool) -> Iterator[str]:
    minutes = sorted({sitting.minutes for sitting in calendar.sittings})
    zone = rules.zone or "the clock of this computer"
    if minutes:
        about = f"{minutes[0]}" + (f" to {minutes[-1]}" if minutes[1:] else "")
        when = f"{_days_text(rules.days)} at {rules.hours.opens:%H:%M} ({zone})"
        yield f"You sit down {when}, for about {about} minutes."
    if rules.scheduler is Scheduler.REDNOTE:
        yield f"RedNote's own scheduler publishes the rest of them on the days between, {rules.hours}."
    per_week = "1 note" if rules.first_week == 1 else f"{rules.first_week} notes"
    yield f"At most {per_week} a day in the first week, then {rules.later}."
    if any(sitting.is_check for sitting in calendar.sittings):
        yield (
            "The first note goes out for you alone: look at it on your phone, and make it public"
            " there."
        )
    if is_practice:
        yield "That is for a real account. Practice takes all of them at once."


def _what_changes_it(made: Plan) -> Iterator[str]:
    yield "A day that you miss moves everything behind it; no day takes more notes for that."
    if made.hold:
        waits = "1 post that waits" if made.hold == 1 else f"{made.hold:,} posts that wait"
        yield Hint(f"{waits} for you, once settled: ", step("plan", "--needs-you"), ".")
    yield "A warning sign of RedNote stops everything, until you lift the hold."
    yield Hint(
        "Days, hours, pauses, pace and RedNote's scheduler are rules of yours: ",
        step("plan", "--show-rules"),
        ".",
    )


def _show_weeks(slots: Sequence[Slot], calendar: Calendar, flags: Flags) -> None:
    sat = {sitting.begins.date() for sitting in calendar.sittings}
    weeks = [(monday, list(some)) for monday, some in groupby(slots, key=lambda s: _monday(s.time))]
    room = max(console.height - _LINES_AROUND, _FEWEST)
    shown = weeks if len(weeks) <= room else weeks[: room - 1]
    say(f"  {'week of':<11}  {'':9}  {'sittings':<13}  notes", style="dim")
    year = 0
    for monday, some in shown:
        days = [day for day in Weekday if monday + timedelta(_place(day)) in sat]
        numbers = note_numbers_text((slot.note.number for slot in some), FEW_RANGES)
        week = _short(monday) if monday.year == year else f"{_short(monday)} {monday.year}"
        year = monday.year
        head = f"  {week:<11}  {count(len(some), 'note'):>9}  {_days_short(days):<13}  "
        hanging(Text(head), Text(numbers, style="dim"))
    if left := len(weeks) - len(shown):
        more = command_line(step("plan", "--calendar", "--all"), flags)
        say(f"and {count(left, 'more week')}. Every sitting: `{more}`")


def _show_sittings(calendar: Calendar) -> None:
    lines = [
        *((sitting.begins, _sitting_text(sitting)) for sitting in calendar.sittings),
        *((slot.time, f"note {slot.note.number}, at a time of its own") for slot in calendar.fixed),
    ]
    for monday, some in groupby(sorted(lines), key=lambda line: _monday(line[0])):
        say(f"week of {monday.day} {monday:%b %Y}", style="bold")
        for moment, text in some:
            hanging(Text(f"  {moment:%a} {_short(moment):>6}  {moment:%H:%M}  "), Text(text))


def _sitting_text(sitting: PlannedSitting) -> str:
    minutes = f"about {sitting.minutes} minutes"
    if sitting.is_check:
        return f"note {sitting.slots[0].note.number} for you alone, {minutes}"
    notes = count(len(sitting.slots), "note")
    groups = [
        (day, [slot.note.number for slot in some])
        for day, some in groupby(sitting.slots, key=lambda slot: slot.time.date())
    ]
    text = ", ".join(
        note_numbers_text(numbers, ALL_RANGES)
        + (f" on {day:%a}" if day != sitting.begins.date() else "")
        for day, numbers in groups
    )
    return f"{notes}, {minutes}: {text}"


def show_written(calendar: Calendar, file: Path) -> None:
    """Say what was written for a calendar app."""
    events = count(len(calendar.sittings) + len(calendar.fixed), "event")
    say(f"Written: {home_short(file)}, {events}. Take it into a calendar of its own.")


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())


def _place(day: Weekday) -> int:
    return list(Weekday).index(day)


def _day(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _days_text(days: Sequence[Weekday]) -> str:
    """Format as `on Sun and Wed`, `every day`."""
    if len(days) == len(Weekday):
        return "every day"
    names = [day.title() for day in days]
    return "on " + " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _days_short(days: Iterable[Weekday]) -> str:
    """Format as `Mon, Wed-Sun`, `every day`."""
    places = [_place(day) for day in days]
    if len(places) == len(Weekday):
        return "every day"
    names = [day.title() for day in Weekday]
    return ", ".join(
        names[first] if first == last else f"{names[first]}-{names[last]}"
        for first, last in join_ranges(places)
    )
