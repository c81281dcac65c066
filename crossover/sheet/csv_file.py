"""The sheet as CSV: written for Excel and LibreOffice, read back as any of them saves it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import regex

from crossover.errors import UsageProblem
from crossover.model.next_step import Hint, Placeholder, step
from crossover.sheet.cells import escape, restore
from crossover.sheet.rows import COLUMNS, EDITABLE, READ_BACK, Row, Sheet, SheetRow
from crossover.storage.os_errors import explain_os_error

MAX_BYTES = 64 * 1024**2
"""A larger file is not read. A row has a few kilobytes."""

_FREE_TEXT = frozenset({"title", "titles_found", "body", "topics", "file", "sent"})
_SAVE_AS = "Save it as `CSV UTF-8` (Excel) or `Text CSV` with character set UTF-8 (LibreOffice)."
# Letters in a row, or signs within a word: another character set, read as this one.
_NOT_WESTERN = regex.compile(r"[^\x00-\x7F]{4}|\p{L}[^\p{L}\p{M}\x00-\x7Fªº·’]\p{L}")


def to_bytes(rows: list[Row]) -> bytes:
    """Write rows as UTF-8 with a byte order mark and CRLF, which spreadsheets open by double
    click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_format_cell(column, row[column]) for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig", "replace")


def _format_cell(column: str, text: str) -> str:
    if column == "number" and "." in text:
        return f"'{text}"  # 17.2 is a day in February to half of Europe
    return escape(text) if column in _FREE_TEXT else text


def read(path: Path) -> Sheet:
    """Read the rows below the header, numbered as a spreadsheet numbers them. Raises `UsageProblem`
    naming the row that cannot be read."""
    text, remarks, narrow = _read_text(path)
    records = list(_read_records(path, text))
    if not records:
        raise UsageProblem(
            f"{path.name} is empty.",
            next=Hint(step("sheet out", Placeholder("FILE")), " writes one."),
        )
    header = [name.strip().strip("\ufeff").casefold() for name in records[0]]
    remarks += tuple(_check_header(path, header))
    rows = []
    for place, record in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in record):
            continue
        if any(cell.strip() for cell in record[len(header) :]):
            raise UsageProblem(
                f"{path.name}, row {place}: it has more cells than the first row has names.",
                next="Perhaps a text with a comma in it lost its quotes; save it from a spreadsheet.",
            )
        cells = dict(zip(header, record, strict=False))
        known = {name: _parse_cell(name, cell) for name, cell in cells.items() if name in COLUMNS}
        rows.append(SheetRow(f"row {place}", known))
    return Sheet(tuple(rows), tuple(n for n in header if n in COLUMNS), remarks, narrow)


def recognises(path: Path) -> bool:
    """Whether the first row names the columns of a sheet."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
        text = _decode_text(start.rsplit(b"\n", 1)[0])[0]
        first = next(_read_records(path, text), [])
    except (OSError, UnicodeDecodeError, UsageProblem):
        return False
    names = {name.strip().strip("\ufeff").casefold() for name in first}
    return "number" in names and not names.isdisjoint(READ_BACK)


def _parse_cell(column: str, cell: str) -> str:
    return restore(cell) if column in _FREE_TEXT else cell.strip().lstrip("'")


def _check_header(path: Path, header: list[str]) -> Iterator[str]:
    twice = {name for name in header if name in COLUMNS and header.count(name) > 1}
    if twice:
        raise UsageProblem(
            f"{path.name}, row 1: column {', '.join(sorted(twice))} stands there twice.",
            next="Leave one of them.",
        )
    if "number" not in header or not set(READ_BACK) & set(header):
        raise UsageProblem(
            f"{path.name}, row 1: the names of the columns are missing;"
            f" `number` and at least one of {', '.join(READ_BACK)} are needed.",
            next=Hint(step("sheet out", Placeholder("FILE")), " writes a sheet with all of them."),
        )
    others = [name for name in header if name and name not in COLUMNS]
    if others:
        yield f"Columns that are not crossover's stay unread: {', '.join(others)}."
    missing = [name for name in EDITABLE if name not in header]
    if missing:
        yield f"Columns that are not there change nothing: {', '.join(missing)}."


# --- bytes to records -----------------------------------------------------------------------


def _read_records(path: Path, text: str) -> Iterator[list[str]]:
    first, _, rest = text.partition("\n")
    said = regex.fullmatch(r"sep=(.)\r?", first)
    if said:
        text = rest
    delimiter = said[1] if said else _guess_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    done = 0
    try:
        for record in reader:
            yield record
            done += 1
    except csv.Error as exc:
        raise UsageProblem(
            f"{path.name}, row {done + 1}: it cannot be read as CSV ({exc}).",
            next="Open it in a spreadsheet and save it again; quotes belong around whole cells.",
        ) from exc


def _guess_delimiter(text: str) -> str:
    """Guess the delimiter: the one that splits the first row into most names of columns. It is `,`,
    in Europe's Excel `;`, or a tab."""
    first = text.partition("\n")[0]

    def known(delimiter: str) -> int:
        names = (name.strip(' \r\ufeff"').casefold() for name in first.split(delimiter))
        return sum(name in COLUMNS for name in names)

    return max(",;\t", key=known)


def _read_text(path: Path) -> tuple[str, tuple[str, ...], bool]:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    if len(raw) > MAX_BYTES:
        raise UsageProblem(f"{path.name} is larger than {MAX_BYTES // 1024**2} MiB.")
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UsageProblem(f"{path.name} is a workbook, not a text.", next=_SAVE_AS)
    try:
        text, name = _decode_text(raw)
    except UnicodeDecodeError as exc:
        raise UsageProblem(
            f"{path.name} is in a character set that crossover does not read.", next=_SAVE_AS
        ) from exc
    narrow = name == "cp1252"
    if narrow and _NOT_WESTERN.search(text):
        raise UsageProblem(
            f"{path.name} was saved without Unicode, and its letters cannot be told.", next=_SAVE_AS
        )
    said = "It was saved without Unicode, as Windows text of Western Europe (cp1252)."
    return text, ((f"{said} {_SAVE_AS}",) if narrow else ()), narrow


def _decode_text(raw: bytes) -> tuple[str, str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16"), "utf-16"
    if raw[1:2] == b"\0":
        return raw.decode("utf-16-le"), "utf-16"
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("cp1252"), "cp1252"
