"""The sittings of a calendar as a file that calendar apps read (RFC 5545).

Times are in UTC, which needs no description of a time zone. An event keeps its id as long as the
sitting begins with the same note, so a file that is taken in again moves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from crossover.schedule.calendar import Calendar, PlannedSitting, Slot

_LINE_BYTES = 75
"""Of a line without its end; a longer one goes on in the next, behind a blank."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def write_ics(calendar: Calendar, *, name: str, handle: str, made: datetime) -> bytes:
    """Write each sitting, and each note with a time of its own, as an event. `name` is what an app
    calls the calendar; `handle` keeps the ids of several accounts apart."""
    lines = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//crossover//calendar//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("X-WR-CALNAME", _text(name)),
        *(line for sitting in calendar.sittings for line in _sitting(sitting, handle, made)),
        *(line for slot in calendar.fixed for line in _fixed(slot, handle, made)),
        ("END", "VCALENDAR"),
    ]
    folded = (part for key, value in lines for part in _fold(f"{key}:{value}"))
    return b"".join(line + b"\r\n" for line in folded)


def _sitting(sitting: PlannedSitting, handle: str, made: datetime) -> Iterator[tuple[str, str]]:
    slots = sitting.slots
    ends = sitting.begins.astimezone(UTC) + timedelta(minutes=sitting.minutes)
    what = "1 note" if len(slots) == 1 else f"{len(slots)} notes"
    title = f"RedNote: {what}" + (", for you alone" if sitting.is_check else "")
    said = ["Only you can see it. Look at it on your phone, and make it public there."]
    lines = (said if sitting.is_check else []) + [_describe(slot) for slot in slots]
    return _event(slots[0], handle, made, (sitting.begins, ends), title, lines)


def _fixed(slot: Slot, handle: str, made: datetime) -> Iterator[tuple[str, str]]:
    ends = slot.time.astimezone(UTC) + timedelta(minutes=5)
    return _event(slot, handle, made, (slot.time, ends), "RedNote: 1 note", [_describe(slot)])


def _describe(slot: Slot) -> str:
    when = f"{slot.time:%a} {slot.time.day} {slot.time:%b %H:%M}, by RedNote: "
    return f"{when if slot.scheduled else ''}{slot.note.number} {slot.note.title}".strip()


def _event(
    first: Slot,
    handle: str,
    made: datetime,
    lasts: tuple[datetime, datetime],
    title: str,
    lines: Iterable[str],
) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VEVENT"
    yield "UID", _text(f"{first.note.id}@{handle}.crossover")
    yield "DTSTAMP", _utc(made)
    yield "DTSTART", _utc(lasts[0])
    yield "DTEND", _utc(lasts[1])
    yield "SUMMARY", _text(title)
    yield "DESCRIPTION", _text("\n".join(lines))
    yield "END", "VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escape a text: what has a meaning in the format, and what no file may hold."""
    text = _CONTROL.sub(" ", text.replace("\r\n", "\n"))
    return re.sub(r"[\\;,]", r"\\\g<0>", text).replace("\n", "\\n")


def _fold(line: str) -> Iterator[bytes]:
    """Split a line into pieces of 75 bytes at most, between two letters."""
    piece = b""
    for letter in line:
        code = letter.encode()
        if len(piece) + len(code) > _LINE_BYTES:
            yield piece
            piece = b" "
        piece += code
    yield piece
