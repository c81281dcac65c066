"""Reads the rows of a sheet against what would be written now: which cells the creator changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crossover.model.next_step import Hint, step
from crossover.model.posts import Kind
from crossover.sheet.decisions import read_decision
from crossover.sheet.files import find_named_files
from crossover.sheet.rows import (
    EDITABLE,
    Row,
    Sheet,
    SheetRow,
    is_of_note,
    is_untouched,
    normalise_cell,
)
from crossover.sheet.titles import settle_choice
from crossover.storage.os_errors import explain_os_error


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


class RowReader:
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
                        decision = self._decide(found, row, column)
                    except ValueError as exc:
                        self.errors.append(f"{found.where}, column {column}: {exc}.")
                        continue
                    written = found.cells.get("written", "")
                    crossed = bool(written) and not is_untouched(written, column, row[column])
                    yield ChangedCell(
                        found.where, row["number"], column, row[column], decision, crossed
                    )

    def _decide(self, found: SheetRow, row: Row, column: str) -> Any:
        decision = read_decision(column, normalise_cell(found.cells[column]))
        if column != "title_candidate" or decision is None:
            return decision
        if "title" in found.cells and self._is_changed(found, row, "title"):
            raise ValueError("the title of this row was changed too; leave one of both")
        listed = found.cells.get("titles_found", "")
        same = _narrow if self._sheet.narrow else str
        return settle_choice(decision, listed, row["titles_found"], same)

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
