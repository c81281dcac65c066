"""What may stand as the value of a rule of the calendar: zones, weekdays, hours, days."""

from __future__ import annotations

import re
from datetime import date, time

import yaml

from crossover.model.calendar import Hours, PausedDays, Weekday
from crossover.settings.rule_values import Typed, ValueKind
from crossover.settings.strict_yaml import InvalidValue, nearest, parse_text, parse_words

MOST_A_DAY = 50
"""Notes; the most that anybody who tried calls safe (as of November 2026)."""

_LEAST_MINUTES = 60
_LONGEST_PAUSE = 366
_MOST_PAUSES = 100
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})\s*[-–]\s*([0-9]{1,2}:[0-9]{2})")
_PAUSE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:(?:\s*(?:to|\.\.|–)\s*|\s+-\s+)([0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


def time_zone() -> ValueKind:
    """A name of the time zone database, or empty."""
    allowed = "empty, or a time zone as Europe/Lisbon"

    def parse(node: yaml.Node) -> str:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

        name = parse_text(node)
        try:
            return ZoneInfo(name).key if name else ""
        except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
            raise InvalidValue(f"{allowed}{nearest(name, available_timezones())}") from exc

    return ValueKind(allowed, parse, Typed.TEXT)


def weekdays() -> ValueKind:
    """Days of the week, at least one, in the order of the week."""
    allowed = f"a list of {', '.join(Weekday)}"

    def parse(node: yaml.Node) -> tuple[Weekday, ...]:
        # `Sunday` and `Sun` are the day too.
        names = {word.casefold()[:3] for word in parse_words(node) if word.isalpha()}
        if not names or len(names - set(Weekday)) or len(names) != len(parse_words(node)):
            raise InvalidValue(f"{allowed}, each once")
        return tuple(day for day in Weekday if day in names)

    return ValueKind(allowed, parse, Typed.LIST)


def hours() -> ValueKind:
    """A part of the day, an hour at least."""
    allowed = "from and to, an hour or more, as in 19:00-21:00"

    def parse(node: yaml.Node) -> Hours:
        found = _HOURS.fullmatch(parse_text(node).strip())
        try:
            clocks = (clock.zfill(5) for clock in found.groups()) if found else ()
            opens, closes = map(time.fromisoformat, clocks)
        except ValueError as exc:
            raise InvalidValue(allowed) from exc
        if _minutes(closes) - _minutes(opens) < _LEAST_MINUTES:
            raise InvalidValue(allowed)
        return Hours(opens, closes)

    return ValueKind(allowed, parse, Typed.TEXT)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def paused_days() -> ValueKind:
    """Days, and ranges of them."""
    allowed = "a list of days, as in [2026-12-24 to 2027-01-02, 2027-02-06]"

    def parse(node: yaml.Node) -> tuple[PausedDays, ...]:
        written = parse_words(node)
        if len(written) > _MOST_PAUSES:
            raise InvalidValue(f"{allowed}, {_MOST_PAUSES} at most; here are {len(written)}")
        return tuple(_parse_pause(text.strip(), allowed) for text in written)

    return ValueKind(allowed, parse, Typed.LIST)


def _parse_pause(text: str, allowed: str) -> PausedDays:
    found = _PAUSE.fullmatch(text)
    try:
        first, last = map(date.fromisoformat, (found[1], found[2] or found[1]) if found else ())
    except ValueError as exc:
        raise InvalidValue(allowed) from exc
    if not 0 <= (last - first).days < _LONGEST_PAUSE:
        raise InvalidValue(f"{allowed}, the first day first and a year at most")
    return PausedDays(first, last)
