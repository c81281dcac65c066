"""The file for a calendar app: valid lines, stable ids, and every sitting as it was laid out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules, Scheduler, Weekday
from crossover.model.notes import Note
from crossover.schedule.calendar import Calendar, make_calendar
from crossover.schedule.ics import write_ics
from tests.makers import note

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
NOTE = note()


def titled(number: int, title: str) -> Note:
    return replace(NOTE, id=f"2025-01-{number:02}T00:00:00Z", number=str(number), title=title)


def laid_out(notes: list[Note]) -> Calendar:
    rules = CalendarRules(days=(Weekday.SUN, Weekday.WED), scheduler=Scheduler.REDNOTE)
    zone, limits = ZoneInfo("Europe/Lisbon"), load_limits(SiteName.REDNOTE)
    return make_calendar(notes, rules, limits, zone=zone, now=NOW)


def written(calendar: Calendar, name: str = "Notes") -> bytes:
    return write_ics(calendar, name=name, handle="mara", made=NOW)


def read_events(raw: bytes) -> list[dict[str, str]]:
    """The events of a file, read by the rules of RFC 5545."""
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")[:-1]
    assert all(
        len(line) <= 75 and not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line) for line in lines
    )
    assert all(line.decode() for line in lines), "no letter is cut"
    unfolded = raw.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert (unfolded[0], unfolded[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in unfolded:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1][name] = _unescape(value)
    return events


def _unescape(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "what has a meaning is escaped"
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), value)


def test_the_sittings_are_the_events() -> None:
    check, sitting = read_events(written(laid_out([titled(n, f"Title {n}") for n in range(1, 5)])))
    assert check["SUMMARY"] == "RedNote: 1 note, for you alone"
    assert "make it public there.\n1 Title 1" in check["DESCRIPTION"]
    assert check["UID"] == "2025-01-01T00:00:00Z@mara.crossover"
    assert (sitting["DTSTART"], sitting["DTEND"]) == ("20261206T190000Z", "20261206T191000Z")
    assert sitting["SUMMARY"] == "RedNote: 3 notes"
    assert sitting["DESCRIPTION"].splitlines() == [
        "2 Title 2",
        "Mon 7 Dec 19:00, by RedNote: 3 Title 3",
        "Tue 8 Dec 19:00, by RedNote: 4 Title 4",
    ]


def test_a_note_with_a_time_of_its_own_is_an_event() -> None:
    fixed = replace(titled(3, "Fixed"), schedule=NOW + timedelta(days=2))
    (event,) = read_events(written(laid_out([fixed])))
    assert (event["DTSTART"], event["SUMMARY"]) == ("20261203T100000Z", "RedNote: 1 note")


def test_times_are_those_of_the_zone_on_both_sides_of_summer_time() -> None:
    notes = [titled(n % 28 + 1, "t") for n in range(400)]
    hours = {
        event["DTSTART"][4:6]: event["DTSTART"][9:11]
        for event in read_events(written(laid_out(notes)))
    }
    assert (hours["01"], hours["04"]) == ("19", "18"), "19:00 in Lisbon"


def test_the_same_calendar_gives_the_same_bytes_and_ids_are_told_apart() -> None:
    made = laid_out([titled(n, "t") for n in range(1, 20)])
    assert written(made) == written(made)
    ids = [event["UID"] for event in read_events(written(made))]
    assert len(ids) == len(set(ids)) == len(made.sittings)


@given(st.lists(st.text(max_size=90), min_size=1, max_size=4), st.text(max_size=90))
@example(["a" * 200, "é" * 100, "👩‍👩‍👧" * 20, "\\n;,:\r\nBEGIN:VEVENT"], "\x00\x85\u2028\ud800")
def test_any_title_comes_back_from_the_file(titles: list[str], name: str) -> None:
    raw = written(laid_out([titled(n, title) for n, title in enumerate(titles, 1)]), name)
    said = "\n".join(event["DESCRIPTION"] for event in read_events(raw))
    for title in titles:
        plain = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", title)
        assert plain.strip() in re.sub(r"[\t\n]", " ", said) or "\r\n" in title
