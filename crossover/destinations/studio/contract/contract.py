"""Reads what is known of the studio page from its dated file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from crossover.model.notes import Note
from crossover.model.posts import Declaration
from crossover.package_data import load_data


class When(StrEnum):
    """When an element must be on the page."""

    OPEN = "open"
    FORM = "form"
    END = "end"
    USED = "used"
    SOMETIMES = "sometimes"


class Bound(StrEnum):
    """What is waited for, and no longer than the contract says."""

    PAGE = "page"
    APPEAR = "appear"
    TAKE = "take"
    OBSTACLE = "obstacle"
    TOPIC_LIST = "topic-list"
    TOPIC_SHOWN = "topic-shown"
    TOAST = "toast"
    STANDSTILL = "standstill"
    PROCESSING = "processing"
    ANSWER = "answer"


class FileState(StrEnum):
    """What the page says of a video that it was given."""

    UPLOADING = "uploading"
    PROCESSING = "processing"
    DONE = "done"
    FAILED = "failed"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to find an element: CSS, and how what a person reads in it begins, where that
    matters; `anywhere`: what it holds. `sure` is how many independent sources have it; `hidden`:
    nobody has to see it."""

    css: str
    texts: tuple[str, ...]
    anywhere: bool
    sure: int
    hidden: bool

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """What the text of the element matches, None where any will do."""
        if not self.texts:
            return None
        return holds(self.texts) if self.anywhere else begins_with(self.texts)


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the page by its name, and as a creator calls it. `needed_for` are the traits of the
    notes that need it, empty for all."""

    name: str
    called: str
    when: When
    needed_for: frozenset[str]
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """What is known of the page, as of a day: its elements by name, how many seconds each wait may
    take, and the words by which the page says how far a file is."""

    as_of: date
    elements: Mapping[str, Element]
    seconds: Mapping[Bound, float]
    states: Mapping[FileState, tuple[str, ...]]

    def called(self, names: Iterable[str]) -> str:
        """The elements of those names in a creator's words."""
        return ", ".join(self.elements[name].called for name in names)

    def needed(self, when: When, note: Note | None = None) -> tuple[Element, ...]:
        """The elements that must be there then for `note`, for any note without one."""
        traits = None if note is None else traits_of(note)
        return tuple(
            one
            for one in self.elements.values()
            if one.when is when
            and (traits is None or not one.needed_for or traits & one.needed_for)
        )


def begins_with(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern for texts that begin with one of `texts`, in any case."""
    return re.compile(rf"^\s*(?:{_any_of(texts)})", re.IGNORECASE)


def holds(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern for texts that hold one of `texts`, in any case."""
    return re.compile(_any_of(texts), re.IGNORECASE)


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in texts)


def traits_of(note: Note) -> frozenset[str]:
    """What of the page a note needs beyond what all notes need, by the words of the file."""
    found = {str(note.kind), str(note.declaration), str(note.visibility)}
    if note.declaration is not Declaration.NONE:
        found.add("declaration")
    for name, value in (
        ("topics", note.topics),
        ("cover", note.cover),
        ("original", note.original),
        ("schedule", note.schedule),
    ):
        if value:
            found.add(name)
    return frozenset(found)


@cache
def load_contract() -> Contract:
    """Load the contract that comes with crossover. Raises `ValueError` or `KeyError` for a file
    that is not as it describes itself."""
    data = load_data("crossover.destinations.studio.contract", "selectors.yaml")
    seconds = {Bound(name): float(value) for name, value in data["seconds"].items()}
    states = {FileState(name): _texts(row) for name, row in data["states"].items()}
    if missing := (set(Bound) - seconds.keys()) | (set(FileState) - states.keys()):
        raise ValueError(f"selectors.yaml lacks {', '.join(sorted(missing))}")
    elements = {name: _element(name, row) for name, row in data["elements"].items()}
    return Contract(data["as_of"], elements, seconds, states)


def _element(name: str, row: Mapping[str, Any]) -> Element:
    if unknown := row.keys() - {"called", "when", "for", "hidden", "alternatives"}:
        raise ValueError(f"{name} has {', '.join(sorted(unknown))}")
    hidden = bool(row.get("hidden", False))
    return Element(
        name,
        row["called"],
        When(row["when"]),
        frozenset(row.get("for", ())),
        tuple(
            Alternative(
                one["css"],
                _texts(one),
                bool(one.get("anywhere", False)),
                int(one["sure"]),
                hidden,
            )
            for one in row["alternatives"]
        ),
    )


def _texts(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (*row.get("text", ()), *row.get("guessed", ()))
