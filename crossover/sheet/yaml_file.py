"""The sheet as YAML: the same rows, for people who like an editor better."""

from __future__ import annotations

from pathlib import Path

import yaml

from crossover.errors import UsageProblem
from crossover.settings.strict_yaml import (
    find_line,
    index_by_name,
    integer_between,
    line_error,
    parse_text,
    read_mapping,
    read_value,
    read_yaml,
)
from crossover.settings.yaml_text import to_yaml
from crossover.sheet.rows import COLUMNS, READ_BACK, Row, Sheet, SheetRow

HEADER = """\
# The words of your notes. Change title, body, topics, visibility, declaration, original (yes or no),
# action or file (your own video or pictures of the post); title_candidate: 1, 2 or 3 takes one of
# titles_found. The rest is to find your way. Then: crossover sheet in FILE
"""


def to_bytes(rows: list[Row]) -> bytes:
    """Write rows as YAML in UTF-8; texts of several lines as they look."""
    notes = [{column: row[column] for column in COLUMNS} for row in rows]
    return (HEADER + to_yaml({"version": 1, "notes": notes})).encode()


def read(path: Path) -> Sheet:
    """Read the rows that came back. Raises `UsageProblem` naming the line."""
    root = index_by_name(
        read_mapping(path, read_yaml(path), {"version", "notes"}, called="part of a sheet")
    )
    read_value(path, root, "version", 1, integer_between(1, 1))
    notes = root.get("notes")
    if not isinstance(notes, yaml.SequenceNode):
        raise line_error(path, find_line(notes) if notes else 1, "a list of notes is meant")
    rows = []
    columns: dict[str, None] = {}
    for node in notes.value:
        entries = index_by_name(read_mapping(path, node, COLUMNS, called="column of a sheet"))
        if "number" not in entries:
            raise line_error(path, find_line(node), "a note without its `number`")
        cells = {name: read_value(path, entries, name, "", _parse_cell) for name in entries}
        columns |= dict.fromkeys(cells)
        rows.append(SheetRow(f"line {find_line(node)}", cells))
    return Sheet(tuple(rows), tuple(columns))


def _parse_cell(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):  # topics, as somebody may write them
        return " ".join(parse_text(item) for item in node.value)
    return parse_text(node)


def recognises(path: Path) -> bool:
    """Whether it is a list of notes with their words."""
    try:
        sheet = read(path)
    except UsageProblem:
        return False
    return bool(sheet.rows) and not set(READ_BACK).isdisjoint(sheet.columns)
