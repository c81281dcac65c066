"""Finds what a sheet that came back changes: only cells that the creator changed, and all or
none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crossover.errors import UsageProblem
from crossover.library.posts_file import Library
from crossover.model.choices import Edit, TitleChoice
from crossover.model.notes import Level, Note, Problem
from crossover.plan.compiler import number_posts
from crossover.settings.edits import Edits
from crossover.sheet.decisions import read_decision
from crossover.sheet.row_reader import ChangedCell, RowReader
from crossover.sheet.rows import (
    Row,
    Sheet,
    make_rows,
)

MOST_ERRORS = 12
MapAgain = Callable[[Iterable[Note], Edits, Collection[str]], tuple[Note, ...]]
"""Gives the notes, with those of some posts, by id, as other edits make them."""


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What a sheet changes. `notes` are those with a changed cell, as `edits` make them, still
    without `files`: what the column `file` names anew, by the id of a post of `library`. `former`
    are the same notes as they were."""

    library: Library
    edits: Edits
    notes: tuple[Note, ...]
    former: tuple[Note, ...]
    cells: tuple[ChangedCell, ...]
    files: Mapping[str, tuple[Path, ...]]
    remarks: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.cells or self.files)

    @property
    def wider(self) -> list[str]:
        """The notes, by number, that would now be seen by more people than on TikTok."""
        touched = {c.number for c in self.cells if c.column in ("visibility", "action")}
        return [
            note.number
            for note in self.notes
            if note.number in touched and any(p.code == "wider" for p in note.problems)
        ]

    def find_problems(self) -> Iterator[tuple[Note, Problem]]:
        """Yield what still holds a note, and what was not said of it before the change."""
        known = {note.id: set(note.problems) for note in self.former}
        for note in self.notes:
            for problem in note.problems:
                if problem.level is Level.ERROR or problem not in known.get(note.id, ()):
                    yield note, problem


def find_changes(
    sheet: Sheet,
    path: Path,
    edits: Edits,
    library: Library,
    now: Sequence[Note],
    map_again: MapAgain,
    root: Path,
) -> SheetChanges:
    """Find what `sheet` changes about `edits`. `now` are all notes with these edits; `root` is the
    folder of the workspace.

    A cell counts when it is neither what `sheet out` would write now nor what it wrote then. A
    value that the note has without an edit takes the edit back. Raises `UsageProblem` naming row
    and column of every mistake; nothing of the sheet counts then.
    """
    valid = edits.only_of(number_posts(library))
    current = {row["number"]: row for row in make_rows(now, library, valid)}
    reader = RowReader(sheet, current)
    touched = list(_choose_titles(reader.cells(), edits))
    reader.errors += (
        f"{cell.where}, column {cell.column}: in {edits.path.name} there is an edit of another post"
        f" under {cell.number}; correct or delete that first."
        for cell in touched
        if cell.number in edits.by_note and cell.number not in valid.by_note
    )
    own = {p.id: {m.source: root / m.path for m in p.media} for p in library.posts}
    files = reader.files({note.number: note.post for note in now}, path.parent, own)
    if reader.errors:
        raise _rejected_error(path, reader.errors)
    posts = _list_posts(touched, now)
    taken_back = _apply_cells(edits, [replace(cell, decision=None) for cell in touched], now)
    bare = (note for note in map_again(now, taken_back, posts) if note.post in posts)
    without = {row["number"]: row for row in make_rows(bare, library, taken_back)}
    decided = [
        replace(cell, decision=None) if _is_unedited(cell, without[cell.number]) else cell
        for cell in touched
    ]
    changed = [cell for cell in decided if cell.decision != _read_former(edits, cell)]
    crossed = [
        f"{cell.where}, column {cell.column}: note {cell.number} was changed here too since the"
        " sheet was written; the sheet counts."
        for cell in changed
        if cell.crossed
    ]
    remarks = (*sheet.remarks, *reader.remarks, *crossed)
    after = _apply_cells(edits, changed, now)
    numbers = {cell.number for cell in changed}
    made = map_again(now, after, _list_posts(changed, now))
    notes = tuple(note for note in made if note.number in numbers)
    former = tuple(note for note in now if note.number in numbers)
    return SheetChanges(library, after, notes, former, tuple(changed), files, remarks)


def _choose_titles(cells: Iterable[ChangedCell], edits: Edits) -> Iterator[ChangedCell]:
    """Add that of a title of the creator's own and one that is chosen the former gives way."""
    for cell in cells:
        yield cell
        former = edits.by_note.get(cell.number, Edit())
        if isinstance(cell.decision, TitleChoice) and former.title is not None:
            yield replace(cell, column="title", before=former.title, decision=None, crossed=False)
        elif cell.column == "title" and (choice := former.title_candidate) is not None:
            column, before = "title_candidate", str(choice.place)
            yield replace(cell, column=column, before=before, decision=None, crossed=False)


def _list_posts(cells: Iterable[ChangedCell], notes: Iterable[Note]) -> set[str]:
    numbers = {cell.number for cell in cells}
    return {note.post for note in notes if note.number in numbers}


def _is_unedited(cell: ChangedCell, row: Row) -> bool:
    there = read_decision(cell.column, row[cell.column])
    return bool(cell.decision == there)


def _read_former(edits: Edits, cell: ChangedCell) -> Any:
    return getattr(edits.by_note.get(cell.number, Edit()), cell.column)


def _apply_cells(edits: Edits, cells: Iterable[ChangedCell], notes: Iterable[Note]) -> Edits:
    decisions = ((cell.number, cell.column, cell.decision) for cell in cells)
    return edits.decide(decisions, {note.number: note.post for note in notes})


def _rejected_error(path: Path, errors: list[str]) -> UsageProblem:
    shown = errors[:MOST_ERRORS]
    more = [f"and {len(errors) - MOST_ERRORS} more"] * (len(errors) > MOST_ERRORS)
    return UsageProblem(
        f"Nothing of {path.name} was taken.",
        next="Correct this in the sheet, and bring it in again:",
        more=tuple(f"  {line}" for line in shown + more),
    )
