"""The titles found in the words of a note, as cells of a sheet: what there is to choose from, and
what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from crossover.model.choices import Edit, TitleChoice
from crossover.model.notes import Note

_TITLE = regex.compile(r"^\s*([1-9]):[ ]?(.*?)\s*$", regex.MULTILINE)


def format_titles(titles: Sequence[str]) -> str:
    """Make the cell that lists titles, a line each: `1: First words`."""
    return "\n".join(f"{place}: {title}" for place, title in enumerate(titles, 1))


def parse_titles(cell: str) -> dict[int, str]:
    """Read the titles of such a cell, by their places."""
    return {int(place): title for place, title in _TITLE.findall(cell)}


def format_choice(note: Note, edit: Edit) -> str:
    """Make the cell of the title that is chosen: its place as it is now, empty where none is, or
    one that is not there any more."""
    choice, titles = edit.title_candidate, note.title_candidates
    if choice is None or edit.title is not None:
        return ""
    if choice.title:
        return str(titles.index(choice.title) + 1) if choice.title in titles else ""
    return str(choice.place) if choice.place <= len(titles) else ""


def settle_choice(
    place: int, listed: str, now: str, same: Callable[[str], str] = str
) -> TitleChoice:
    """Find the title that is meant by its place: that of the cell `listed` in the sheet, if the
    titles that are there `now` still have it. `same` makes of both what is compared. Raises
    `ValueError`, which says what is wrong."""
    here = parse_titles(now)
    meant = parse_titles(listed or now).get(place)
    if meant is None:
        count = len(parse_titles(listed or now))
        raise ValueError(f"there are only {count} titles" if count else "its words have no titles")
    for there, title in here.items():
        if same(title) == same(meant):
            return TitleChoice(there, title)
    raise ValueError(f"title {place} was {meant!r}, and its words do not have that any more")
