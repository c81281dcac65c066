"""The calendar in the terminal: sums that add up, weeks on a screen, every sitting in a file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crossover.cli.view.calendar import show_calendar
from crossover.cli.view.next_step import Flags
from crossover.cli.view.screen import console
from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules, Scheduler, Weekday
from crossover.model.notes import Plan
from crossover.schedule.calendar import make_calendar
from tests.makers import plan, post

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)  # a Tuesday
SITTINGS = CalendarRules(
    zone="Europe/Lisbon", days=(Weekday.WED, Weekday.SUN), scheduler=Scheduler.REDNOTE
)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_force_terminal", True)
    monkeypatch.setattr(type(console), "width", property(lambda _: 100))
    monkeypatch.setattr(type(console), "height", property(lambda _: 30))


def made_of(number: int) -> Plan:
    made = plan(post(1), post(2, text=None))
    notes = tuple(replace(made.notes[0], number=str(n), id=str(n)) for n in range(1, number + 1))
    return replace(made, notes=notes)


def shown(made: Plan, rules: CalendarRules, *, every: bool = False) -> str:
    zone, limits = ZoneInfo("Europe/Lisbon"), load_limits(SiteName.REDNOTE)
    calendar = make_calendar(made.notes, rules, limits, zone=zone, now=NOW)
    with console.capture() as captured:
        show_calendar(calendar, rules, made, Flags(), every=every)
    return re.sub("\x1b\\[[0-9;]*m", "", captured.get())


def test_a_file_has_every_sitting_with_its_notes() -> None:
    said = shown(made_of(20), SITTINGS)
    assert said.splitlines()[:13] == [
        "20 notes in 4 sittings: Wed 2 Dec 2026 to Tue 15 Dec 2026.",
        "  You sit down on Wed and Sun at 19:00 (Europe/Lisbon), for about 5 to 20 minutes.",
        "  RedNote's own scheduler publishes the rest of them on the days between, 19:00-21:00.",
        "  At most 1 note a day in the first week, then 3.",
        "  The first note goes out for you alone: look at it on your phone, and make it public there.",
        "  That is for a real account. Practice takes all of them at once.",
        "",
        "week of 30 Nov 2026",
        "  Wed  2 Dec  19:00  note 1 for you alone, about 5 minutes",
        "  Sun  6 Dec  19:00  3 notes, about 10 minutes: 2, 3 on Mon, 4 on Tue",
        "week of 7 Dec 2026",
        "  Wed  9 Dec  19:00  9 notes, about 20 minutes: 5-7, 8-10 on Thu, 11-13 on Fri",
        "  Sun 13 Dec  19:00  7 notes, about 20 minutes: 14-16, 17-19 on Mon, 20 on Tue",
    ]
    assert "1 post that waits for you, once settled: `crossover plan --needs-you`." in said
    assert "For your calendar app: `crossover plan --ics rednote.ics`" in said


@pytest.mark.usefixtures("terminal")
def test_a_screen_has_weeks_and_its_notes_add_up() -> None:
    said = shown(made_of(40), CalendarRules())
    weeks = re.findall(r"^ +(\d+ \w{3}(?: \d{4})?) +(\d+) notes +(\S.*?)  +([\d, -]+)$", said, re.M)
    assert weeks == [
        ("30 Nov 2026", "6", "Tue-Sun", "1-6"),
        ("7 Dec", "19", "every day", "7-25"),
        ("14 Dec", "15", "Mon-Fri", "26-40"),
    ]


@pytest.mark.usefixtures("terminal")
def test_what_does_not_fit_on_the_screen_is_counted_and_can_be_had() -> None:
    long = shown(made_of(500), CalendarRules())
    assert len(long.splitlines()) <= 30
    assert re.findall(r"^ +(\d+ \w+ \d{4}) ", long, re.M) == ["30 Nov 2026", "4 Jan 2027"]
    left = re.search(
        r"and (\d+) more weeks. Every sitting: `crossover plan --calendar --all`", long
    )
    assert left is not None
    every = shown(made_of(500), CalendarRules(), every=True)
    assert every.count("week of") == int(left[1]) + len(re.findall(r" notes  +\w", long))
    assert every.count("about") > 150


def test_without_notes_there_is_no_calendar() -> None:
    assert shown(made_of(0), SITTINGS) == "No note goes out yet, so there is no calendar.\n"


def test_a_note_with_a_time_of_its_own_stands_between_the_sittings() -> None:
    made = made_of(2)
    fixed = replace(made.notes[1], schedule=datetime(2026, 12, 4, 8, 0, tzinfo=UTC))
    said = shown(replace(made, notes=(made.notes[0], fixed)), SITTINGS)
    assert "  Fri  4 Dec  08:00  note 2, at a time of its own" in said
