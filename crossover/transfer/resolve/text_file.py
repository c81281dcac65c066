"""The text and the cells of a file that a creator made by hand, a spreadsheet, or a page wrote."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossover.errors import UsageProblem

MAX_BYTES = 16 * 1024**2
"""A list of links for every note of the largest account has a hundredth of it."""

_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_SEPARATORS = "\t;,|"


@dataclass(frozen=True, slots=True)
class TextRow:
    """The cells of one row that holds something; `line` counts from 1, as an editor does."""

    line: int
    cells: tuple[str, ...]


def decode_text(data: bytes, name: str) -> str:
    """Decode a text file by its byte order mark, else as UTF-8; what is neither is read letter by
    letter, which does not hurt numbers and links. Raises `UsageProblem` for what is no text."""
    if len(data) > MAX_BYTES:
        raise UsageProblem(
            f"{name} is too large for a list of links ({len(data):,} bytes).",
            next="Name the file that holds the links.",
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data or data.startswith(b"PK\x03\x04"):
        raise UsageProblem(
            f"{name} is no text file.",
            next="Save the table as CSV in your spreadsheet, then name that file.",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def read_rows(text: str) -> Iterator[TextRow]:
    """Yield the rows of a CSV, with whatever parts its cells, or of lines that somebody typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first, separator = 0, _guess_separator(lines)
    if declared := _SEPARATOR_LINE.fullmatch(lines[0]):
        first, separator = 1, declared[1]
    body = "\n".join(lines[first:])
    if separator is None:
        for line, content in enumerate(lines, 1):
            if content.strip():
                yield TextRow(line, (content.strip(),))
        return
    reader = csv.reader(io.StringIO(body), delimiter=separator)
    while True:
        line = first + reader.line_num + 1
        try:
            cells = tuple(cell.strip().lstrip("'").strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error as exc:
            raise UsageProblem(
                f"Line {line} cannot be read as a row of a table: {exc}.",
                next="Save the table as CSV once more, or paste lines such as 17=LINK.",
            ) from exc
        if any(cells):
            yield TextRow(line, cells)


def _guess_separator(lines: list[str]) -> str | None:
    """Find what parts the cells of most lines; None where nothing does."""
    filled = [line for line in lines if line.strip()]
    counts = {mark: sum(mark in line for line in filled) for mark in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda mark: counts[mark])
    return best if filled and counts[best] * 2 > len(filled) else None
