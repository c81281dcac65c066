"""What the cells of a sheet decide."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import regex

from crossover.model.choices import Action
from crossover.model.posts import Declaration, Visibility
from crossover.settings.edits import MOST_TITLES, is_topic

_SWITCH = {"": None, "yes": True, "true": True, "no": False, "false": False}
_BETWEEN_TOPICS = regex.compile(r"[\s,;，、；#＃]+")


def read_decision(column: str, cell: str) -> Any:
    """Read what a cell of that column decides; None takes the choice back. Of `title_candidate` it
    is the place of a title. Raises `ValueError`, which says what is wrong with it."""
    return _READERS[column](cell)


def _parse_topics(cell: str) -> tuple[str, ...]:
    names = tuple(name for name in _BETWEEN_TOPICS.split(cell) if name)
    odd = next((name for name in names if not is_topic(name)), None)
    if odd is not None:
        raise ValueError(f"{odd!r} is no topic")
    return names


def _parse_place(cell: str) -> int | None:
    number = regex.sub(r"[.,]0+$", "", cell)  # as spreadsheets write numbers
    if not number:
        return None
    places = {str(place): place for place in range(1, MOST_TITLES + 1)}
    if number not in places:
        raise ValueError(f"{cell!r} is none of 1, 2, 3; empty takes your choice back")
    return places[number]


def _parse_switch(cell: str) -> bool | None:
    word = cell.casefold()
    if word not in _SWITCH:
        raise ValueError(f"{cell!r} is none of yes, no; empty takes your choice back")
    return _SWITCH[word]


def _member_parser(enum: type[StrEnum]) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        if not cell:
            return None
        word = regex.sub(r"[\s_-]+", "-", cell.casefold())
        if word not in list(enum):
            allowed = ", ".join(enum)
            raise ValueError(f"{cell!r} is none of {allowed}; empty takes your choice back")
        return enum(word)

    return read


_READERS: dict[str, Callable[[str], Any]] = {
    "title": str,
    "body": str,
    "topics": _parse_topics,
    "title_candidate": _parse_place,
    "visibility": _member_parser(Visibility),
    "declaration": _member_parser(Declaration),
    "original": _parse_switch,
    "action": _member_parser(Action),
}
