"""Finds what a sheet that came back changes: only cells that the creator changed, and all or
none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import regex

from crossover.errors import UsageProblem
from crossover.library.posts_file import Library
from crossover.model.choices import Action, Edit
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note
from crossover.model.posts import Kind, Visibility
from crossover.settings.edits import Edits, is_topic
from crossover.sheet.files import find_named_files
from crossover.sheet.rows import (
    EDITABLE,
    Row,
    Sheet,
    SheetRow,
    is_of_note,
    is_untouched,
    make_rows,
    normalise_cell,
)
from crossover.storage.os_errors import explain_os_error

MOST_ERRORS = 12
MapAgain = Callable[[Iterable[Note], Edits, Collection[str]], tuple[Note, ...]]
"""Gives the notes, with those of some posts, by id, as other edits make them."""

_BETWEEN_TOPICS = regex.compile(r"[\s,;，、；#＃]+")


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One cell that the creator changed: where it stands, the note's number, what it said before.
    `decision` is None where the cell takes an edit back. `crossed`: the note was changed here too
    since the sheet was written."""

    where: str
    number: str
    column: str
    before: str
    decision: Any
    crossed: bool


@dataclass(frozen=True, slots=True)
class SheetChanges:
    """What a sheet changes. `notes` are those with a changed cell, as `edits` make them, still
    without `files`: what the column `file` names anew, by the id of a post of `library`."""

    library: Library
    edits: Edits
    notes: tuple[Note, ...]
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
    current = {row["number"]: row for row in make_rows(now, library)}
    reader = _RowReader(sheet, current)
    touched = list(reader.cells())
    own = {p.id: {m.source: root / m.path for m in p.media} for p in library.posts}
    files = reader.files({note.number: note.post for note in now}, path.parent, own)
    if reader.errors:
        raise _rejected_error(path, reader.errors)
    posts = _list_posts(touched, now)
    taken_back = _apply_cells(edits, [replace(cell, decision=None) for cell in touched], now)
    bare = (note for note in map_again(now, taken_back, posts) if note.post in posts)
    without = {row["number"]: row for row in make_rows(bare, library)}
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
    return SheetChanges(library, after, notes, tuple(changed), files, remarks)


def _list_posts(cells: Iterable[ChangedCell], notes: Iterable[Note]) -> set[str]:
    numbers = {cell.number for cell in cells}
    return {note.post for note in notes if note.number in numbers}


def _is_unedited(cell: ChangedCell, row: Row) -> bool:
    there = _READERS[cell.column](row[cell.column])
    return bool(cell.decision == there)


def _read_former(edits: Edits, cell: ChangedCell) -> Any:
    return getattr(edits.by_note.get(cell.number, Edit()), cell.column)


def _apply_cells(edits: Edits, cells: list[ChangedCell], notes: Iterable[Note]) -> Edits:
    posts = {note.number: note.post for note in notes}
    by_note = dict(edits.by_note)
    for cell in cells:
        edit = by_note.get(cell.number, Edit())
        by_note[cell.number] = replace(edit, **{cell.column: cell.decision})
    kept = {number: edit for number, edit in by_note.items() if edit != Edit()}
    told = {number: edits.posts.get(number, posts.get(number, "")) for number in kept}
    lines = {number: edits.lines.get(number, 0) for number in kept}
    return Edits(edits.path, kept, {n: post for n, post in told.items() if post}, lines)


def _rejected_error(path: Path, errors: list[str]) -> UsageProblem:
    shown = errors[:MOST_ERRORS]
    more = [f"and {len(errors) - MOST_ERRORS} more"] * (len(errors) > MOST_ERRORS)
    return UsageProblem(
        f"Nothing of {path.name} was taken.",
        next="Correct this in the sheet, and bring it in again:",
        more=tuple(f"  {line}" for line in shown + more),
    )


class _RowReader:
    """The rows of one sheet, against what `sheet out` would write now."""

    def __init__(self, sheet: Sheet, current: Mapping[str, Row]) -> None:
        self._sheet = sheet
        self._current = current
        self._rows: list[tuple[SheetRow, Row]] = []
        self.errors: list[str] = []
        self.remarks: list[str] = []
        seen: dict[str, str] = {}
        for found in sheet.rows:
            row = self._match_row(found, seen)
            if row is not None:
                self._rows.append((found, row))
        left = len(current) - len(seen)
        if left:
            self.remarks.append(
                "1 note is not in the sheet, and stays as it is."
                if left == 1
                else f"{left:,} notes are not in the sheet, and stay as they are."
            )

    def _match_row(self, found: SheetRow, seen: dict[str, str]) -> Row | None:
        said = found.cells.get("number", "").strip().lstrip("'")
        number = said.replace(",", ".").removesuffix(".0")
        row = self._current.get(number)
        if row is None:
            parts = [n for n in self._current if n.startswith(f"{number}.")] if number else []
            into = f"; it goes out as {' and '.join(parts)}" if parts else ""
            there = f"there is no note {said!r}{into}" if said else "the note's number is missing"
            self.errors.append(f"{found.where}, column number: {there}.")
            return None
        if number in seen:
            self.errors.append(
                f"{found.where}, column number: note {number} stands in {seen[number]} already."
            )
            return None
        seen[number] = found.where
        if not is_of_note(found.cells.get("written", ""), row):
            self.errors.append(
                f"{found.where}, column number: the row was written for another note than {number}."
            )
            return None
        return row

    def cells(self) -> Iterator[ChangedCell]:
        """Yield the cells that the creator changed; mistakes go to `errors`."""
        for found, row in self._rows:
            for column in EDITABLE:
                if column in found.cells and self._is_changed(found, row, column):
                    try:
                        decision = _READERS[column](normalise_cell(found.cells[column]))
                    except ValueError as exc:
                        self.errors.append(f"{found.where}, column {column}: {exc}.")
                        continue
                    written = found.cells.get("written", "")
                    crossed = bool(written) and not is_untouched(written, column, row[column])
                    yield ChangedCell(
                        found.where, row["number"], column, row[column], decision, crossed
                    )

    def _is_changed(self, found: SheetRow, row: Row, column: str) -> bool:
        cell, here = found.cells[column], row[column]
        if normalise_cell(cell) == normalise_cell(here):
            return False
        if is_untouched(found.cells.get("written", ""), column, cell):
            return False
        if self._sheet.narrow:
            if normalise_cell(cell) == normalise_cell(_narrow(here)):
                return False
            written = found.cells.get("written", "")
            if written and not is_untouched(written, column, here):
                self.errors.append(
                    f"{found.where}, column {column}: note {row['number']} was changed here too since"
                    " the sheet was written, and what was saved without Unicode cannot be compared."
                )
                return False
            if _narrow(here) != here:
                self.errors.append(
                    f"{found.where}, column {column}: letters of it were lost when the file was"
                    " saved without Unicode."
                )
                return False
        return True

    def files(
        self, posts: Mapping[str, str], folder: Path, own: Mapping[str, Mapping[str, Path]]
    ) -> dict[str, tuple[Path, ...]]:
        """Find the files that the `file` column newly names, by post; mistakes go to `errors`.
        `posts` are ids by the number of the note, `own` the files that posts have, by name."""
        named: dict[str, tuple[Path, ...]] = {}
        whose: dict[Path, tuple[str, str]] = {}
        first: dict[str, str] = {}
        for found, row in self._rows:
            if "file" not in found.cells or not self._is_changed(found, row, "file"):
                continue
            cell, post = normalise_cell(found.cells["file"]), posts[row["number"]]
            if not cell:
                number = row["number"].partition(".")[0]
                self.remarks.append(
                    Hint(
                        f"{found.where}, column file: an emptied cell takes no file away; ",
                        step("add", "--no-pair", number),
                        " does.",
                    )
                )
                continue
            try:
                files = find_named_files(
                    cell, Kind(row["kind"]) if row["kind"] else None, folder, own.get(post, {})
                )
                if named.setdefault(post, files) != files:
                    raise ValueError(f"{first[post]} names other files for the same post")
                for file in files:
                    other, where = whose.setdefault(file, (post, found.where))
                    if other != post:
                        raise ValueError(f"{where} names {file.name} for another post")
            except ValueError as exc:
                self.errors.append(f"{found.where}, column file: {exc}.")
            except OSError as exc:
                self.errors.append(
                    f"{found.where}, column file: {explain_os_error(exc, folder).message}"
                )
            first.setdefault(post, found.where)
        return named


def _narrow(text: str) -> str:
    """Replace letters that cp1252 lacks as Excel does, by question marks."""
    units = ("??" if ch > "\uffff" else ch for ch in text)
    return "".join(units).encode("cp1252", "replace").decode("cp1252")


# --- cells to decisions ---------------------------------------------------------------------


def _parse_topics(cell: str) -> tuple[str, ...]:
    names = tuple(name for name in _BETWEEN_TOPICS.split(cell) if name)
    odd = next((name for name in names if not is_topic(name)), None)
    if odd is not None:
        raise ValueError(f"{odd!r} is no topic")
    return names


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
    "visibility": _member_parser(Visibility),
    "action": _member_parser(Action),
}
