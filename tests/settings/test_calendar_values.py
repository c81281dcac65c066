"""The rules of the calendar and of what goes first: what they take, and what they say of the rest."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.errors import UsageProblem
from crossover.model.calendar import CalendarRules, Hours, PausedDays, Scheduler, Weekday
from crossover.model.choices import PostNumbers, Rules
from crossover.settings.rule_values import format_value, parse_typed, post_numbers
from crossover.settings.rules import fill_from, read_rule_values, read_rules
from crossover.settings.rules_template import make_template


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crossover.yaml"


def calendar(path: Path) -> CalendarRules:
    return fill_from(read_rule_values(path), CalendarRules)


def test_the_file_as_written_first_means_the_defaults(path: Path) -> None:
    assert calendar(path) == CalendarRules()
    path.write_text(make_template())
    assert calendar(path) == CalendarRules()


def test_every_rule_is_read(path: Path) -> None:
    path.write_text(
        "calendar:\n  zone: Europe/Lisbon\n  days: [Sunday, wed]\n  hours: 07:30-09:00\n"
        "  per_sitting: 4\n  scheduler: rednote\n"
        "  pauses: [2026-12-24 to 2027-01-02, 2027-02-06]\n"
        "pace: {first_week: 2, later: 5}\nstages: {first: '12, 3-5'}\n"
    )
    assert calendar(path) == CalendarRules(
        zone="Europe/Lisbon",
        days=(Weekday.WED, Weekday.SUN),
        hours=Hours(time(7, 30), time(9)),
        per_sitting=4,
        scheduler=Scheduler.REDNOTE,
        pauses=(
            PausedDays(date(2026, 12, 24), date(2027, 1, 2)),
            PausedDays(date(2027, 2, 6), date(2027, 2, 6)),
        ),
        first_week=2,
        later=5,
    )
    assert read_rules(path) == Rules(first=PostNumbers((12, 3, 4, 5)))


@pytest.mark.parametrize("text", ["[12, 3-5]", "12,3-5", "[12, 3, 4, 5]", "'[12, 3-5]'"])
def test_numbers_stand_as_a_list_or_a_text(path: Path, text: str) -> None:
    path.write_text(f"stages:\n  first: {text}\n")
    assert read_rules(path).first.numbers == (12, 3, 4, 5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("calendar: {zone: Europe/Lisbom}", "`calendar.zone`: empty, or a time zone as"),
        ("calendar: {zone: ../../etc/passwd}", "`calendar.zone`"),
        ("calendar: {zone: Europe}", "`calendar.zone`"),
        ("calendar: {days: []}", "a list of mon, tue, wed"),
        ("calendar: {days: [sun, sunday]}", "each once"),
        ("calendar: {days: [someday]}", "a list of mon, tue, wed"),
        ("calendar: {days: sun}", "a list"),
        ("calendar: {hours: 19:00-19:59}", "an hour or more"),
        ("calendar: {hours: 22:00-01:00}", "an hour or more"),
        ("calendar: {hours: 19:00-25:00}", "an hour or more"),
        ("calendar: {hours: evening}", "as in 19:00-21:00"),
        ("calendar: {pauses: [2026-12-24 to 2026-12-23]}", "the first day first"),
        ("calendar: {pauses: [2026-12-24 to 2036-12-24]}", "a year at most"),
        ("calendar: {pauses: [2026-02-30]}", "a list of days"),
        ("calendar: {pauses: [christmas]}", "a list of days"),
        (f"calendar: {{pauses: [{', '.join(['2026-12-24'] * 101)}]}}", "100 at most; here are 101"),
        ("pace: {later: 51}", "a whole number from 1 to 50"),
        ("stages: {first: 8-3}", "numbers of posts"),
        ("stages: {first: 1-999999999}", "numbers of posts"),
        ("stages: {first: '3, 8, 3'}", "3 stands there twice"),
        ("stages: {first: 0}", "numbers of posts"),
        ("stages: {first: '-3'}", "numbers of posts"),
        ("stages: {first: best}", "numbers of posts"),
        ("stages: {first: {a: b}}", "numbers of posts"),
    ],
)
def test_a_mistake_is_named_by_file_and_line(path: Path, text: str, said: str) -> None:
    path.write_text(text)
    with pytest.raises(UsageProblem) as raised:
        read_rule_values(path)
    assert f"{path}, line 1" in raised.value.message
    assert said in raised.value.message


def test_hours_and_pauses_are_read_as_people_write_them(path: Path) -> None:
    path.write_text("calendar: {hours: 9:30 - 11:00, pauses: [2026-12-24 - 2027-01-02]}\n")
    assert calendar(path).hours == Hours(time(9, 30), time(11))
    assert calendar(path).pauses == (PausedDays(date(2026, 12, 24), date(2027, 1, 2)),)


@given(st.lists(st.integers(1, 60), unique=True))
def test_numbers_come_back_as_they_are_written(numbers: list[int]) -> None:
    value = PostNumbers(tuple(numbers))
    assert parse_typed(post_numbers(), str(value)) == value
    assert parse_typed(post_numbers(), format_value(value).strip("'")) == value
