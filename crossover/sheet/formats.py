"""Reads and writes sheets as CSV or YAML, by the ending of the name."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from crossover.errors import UsageProblem
from crossover.sheet import csv_file, yaml_file
from crossover.sheet.rows import Row, Sheet


class SheetFormat(Protocol):
    """One way to write a sheet; each is a module."""

    def to_bytes(self, rows: list[Row]) -> bytes: ...
    def read(self, path: Path) -> Sheet: ...
    def recognises(self, path: Path) -> bool: ...


WRITTEN: dict[str, SheetFormat] = {".csv": csv_file, ".yaml": yaml_file, ".yml": yaml_file}
READ: dict[str, SheetFormat] = {**WRITTEN, ".tsv": csv_file, ".txt": csv_file}


def format_sheet(rows: list[Row], path: Path) -> bytes:
    """Write rows in the format of `path`'s ending. Raises `UsageProblem` for an ending that is no
    sheet's."""
    form = WRITTEN.get(path.suffix.lower())
    if form is None:
        raise UsageProblem(
            f"{path.name}: a sheet is written as .csv, for Excel and LibreOffice, or as .yaml.",
            next=f"Name it {path.with_suffix('.csv').name}",
        )
    return form.to_bytes(rows)


def read_sheet(path: Path) -> Sheet:
    """Read a sheet that came back. Raises `UsageProblem` naming the row or line that cannot be
    read."""
    form = READ.get(path.suffix.lower())
    if form is None:
        raise UsageProblem(
            f"{path.name} is no sheet that can be read: it has to be .csv, .tsv or .yaml.",
            next="In Excel: Save As, `CSV UTF-8`. In LibreOffice: Save As, `Text CSV`.",
        )
    return form.read(path)


def recognises(path: Path) -> bool:
    """Whether a file looks like a sheet of `sheet out`, by its name and its columns. Never
    raises."""
    form = READ.get(path.suffix.lower())
    return form is not None and path.is_file() and form.recognises(path)
