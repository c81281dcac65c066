"""Decisions as the page sends them, as edits.yaml has them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from crossover.model.choices import Action, CoverChoice, Edit, TitleChoice
from crossover.model.notes import Note
from crossover.model.posts import Declaration, Visibility
from crossover.preview.server.answers import RefusedRequest
from crossover.settings.edits import FIELDS, is_moment, is_topic

MOST_CHANGES = 20_000
_LONGEST_TEXT = 100_000
_MOST_TOPICS = 200


@dataclass(frozen=True, slots=True)
class PageDecision:
    """What is decided of one field of the note `number`; None takes a decision back. `before` is
    what the page knew to be decided, as it has it."""

    number: str
    field: str
    value: Any
    before: Any = None


def read_decisions(changes: object, notes: Mapping[str, Note]) -> list[PageDecision]:
    """Read the changes that a page sent; `notes` are those there are, by number. Raises
    `RefusedRequest` for the first that is wrong: all count, or none."""
    if not isinstance(changes, list) or not 0 < len(changes) <= MOST_CHANGES:
        raise _invalid("", "Changes are missing.")
    return [_read(change, notes) for change in changes]


def _read(change: object, notes: Mapping[str, Note]) -> PageDecision:
    if not isinstance(change, dict):
        raise _invalid("", "A change names a note and a field.")
    number, field = change.get("number"), change.get("field")
    note = notes.get(number) if isinstance(number, str) else None
    if note is None:
        raise _invalid("number", "There is no such note any more.")
    if field not in FIELDS:
        raise _invalid("", "There is no such field.")
    value = change.get("value")
    if value is not None:
        value = _READERS[field](value, note)
    return PageDecision(note.number, field, value, change.get("before"))


def _invalid(field: str, message: str) -> RefusedRequest:
    return RefusedRequest(422, "invalid", message, field=field)


def _text_reader(field: str) -> Callable[[Any, Note], str]:
    def read(value: Any, _: Note) -> str:
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            raise _invalid(field, "A text is meant, and not that long a one.")
        # As from a sheet: what a spreadsheet changes around a text is nobody's decision.
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return text.encode("utf-8", "replace").decode()

    return read


def _member_reader(field: str, kind: type[StrEnum]) -> Callable[[Any, Note], StrEnum]:
    def read(value: Any, _: Note) -> StrEnum:
        if not isinstance(value, str) or value not in list(kind):
            raise _invalid(field, f"It is one of: {', '.join(kind)}.")
        return kind(value)

    return read


def _read_topics(value: Any, _: Note) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_TOPICS:
        raise _invalid("topics", "A list of topics is meant.")
    for name in value:
        if not isinstance(name, str) or not is_topic(name) or len(name) > _LONGEST_TEXT:
            raise _invalid("topics", "A topic is one word, without blanks.")
    return tuple(name.encode("utf-8", "replace").decode() for name in value)


def _read_place(value: Any, note: Note) -> TitleChoice:
    titles = note.title_candidates
    if type(value) is not int or not 1 <= value <= len(titles):
        raise _invalid("title_candidate", "Its words have no such title.")
    return TitleChoice(value, titles[value - 1])


def _read_flag(value: Any, _: Note) -> bool:
    if not isinstance(value, bool):
        raise _invalid("original", "It is yes or no.")
    return value


def _read_cover(value: Any, _: Note) -> CoverChoice:
    match value:
        case {"seconds": int() | float() as seconds} if (
            not isinstance(seconds, bool) and math.isfinite(seconds) and 0 <= seconds < 360_000
        ):
            return CoverChoice(round(float(seconds), 3))
        case {"file": str() as file} if (
            file.strip() == file != "" and file.isprintable() and not is_moment(file)
        ):
            return CoverChoice(file=file)
    raise _invalid("cover", "A moment of the video is meant, or the name of a picture.")


_READERS: Mapping[str, Callable[[Any, Note], Any]] = {
    "title": _text_reader("title"),
    "body": _text_reader("body"),
    "topics": _read_topics,
    "title_candidate": _read_place,
    "visibility": _member_reader("visibility", Visibility),
    "declaration": _member_reader("declaration", Declaration),
    "action": _member_reader("action", Action),
    "original": _read_flag,
    "cover": _read_cover,
}


def settle_titles(
    decisions: Iterable[PageDecision], edits: Mapping[str, Edit]
) -> Iterator[PageDecision]:
    """Add that of a title of the creator's own and one that is chosen the former gives way."""
    for one in decisions:
        yield one
        former = edits.get(one.number, Edit())
        if one.value is None:
            continue
        if one.field == "title_candidate" and former.title is not None:
            yield replace(one, field="title", value=None)
        elif one.field == "title" and former.title_candidate is not None:
            yield replace(one, field="title_candidate", value=None)


def decides_nothing(decision: PageDecision, bare: Note) -> bool:
    """Whether the note has this value without the decision, as `bare`; a title that is chosen
    among several, and a cover, are decisions all the same."""
    if decision.field in ("title_candidate", "cover") or decision.value is None:
        return False
    return bool(getattr(bare, decision.field) == decision.value)
