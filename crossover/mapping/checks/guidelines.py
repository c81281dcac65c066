"""Areas of RedNote's community guidelines that words touch: named, never judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from crossover.mapping.checks.whole_words import NO_LETTER_AFTER, NO_LETTER_BEFORE
from crossover.model.notes import Note
from crossover.model.posts import Declaration
from crossover.package_data import load_data

GUIDELINE_AREA = "guideline-area"
"""The code of a problem that names an area."""


@dataclass(frozen=True, slots=True)
class GuidelineArea:
    """An area that the guidelines name, in both languages, and the words, in small letters, that
    touch it. Nothing is said of it where a note is declared `unless`."""

    english: str
    chinese: str
    unless: Declaration | None
    words: re.Pattern[str]

    @property
    def name(self) -> str:
        """Its name in both languages."""
        return f"{self.english} ({self.chinese})"


@dataclass(frozen=True, slots=True)
class Guidelines:
    """The areas, as known on `as_of`. `any_words` finds whether a text, in small letters, touches
    one at all: most touch none."""

    as_of: date
    sure: str
    areas: tuple[GuidelineArea, ...]
    any_words: re.Pattern[str]


@cache
def load_guidelines() -> Guidelines:
    """Load the areas from their dated data."""
    data: dict[str, Any] = load_data("crossover.mapping.checks", "guidelines.yaml")
    ailment = f"(?:{data['ailment'].replace(' |', '|')})"
    rows = [[row.replace("{ailment}", ailment) for row in area["words"]] for area in data["areas"]]
    areas = tuple(
        GuidelineArea(
            area["english"],
            area["chinese"],
            Declaration(area["unless"]) if "unless" in area else None,
            _compile(words),
        )
        for area, words in zip(data["areas"], rows, strict=True)
    )
    return Guidelines(data["as_of"], data["sure"], areas, _compile(list(chain(*rows))))


def _compile(rows: list[str]) -> re.Pattern[str]:
    return re.compile(f"{NO_LETTER_BEFORE}(?:{'|'.join(rows)}){NO_LETTER_AFTER}")


def find_note_areas(note: Note) -> Iterator[tuple[GuidelineArea, str]]:
    """Find the areas that the words of a note touch, as `find_areas` does."""
    return find_areas("\n".join([note.title, note.body, *note.topics]), note.declaration)


def find_areas(text: str, declaration: Declaration) -> Iterator[tuple[GuidelineArea, str]]:
    """Find the areas that a text touches, each with the first words that do."""
    guidelines, lower = load_guidelines(), text.lower()
    if not guidelines.any_words.search(lower):
        return
    for area in guidelines.areas:
        found = area.words.search(lower)
        if found and area.unless is not declaration:
            same = len(lower) == len(text)  # of a few letters the small one is two
            yield area, text[slice(*found.span())] if same else found.group()
