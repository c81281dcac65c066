"""The page about edits names every column and every field there is."""

from __future__ import annotations

import re
from pathlib import Path

from crossover.settings.edits import FIELDS
from crossover.sheet.rows import COLUMNS, READ_BACK

PAGE = (Path(__file__).parents[2] / "docs" / "edits.md").read_text("utf-8")


def test_the_columns_to_write_in_have_a_line_each_and_the_others_are_named() -> None:
    lines = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", PAGE, re.MULTILINE)
    named = [name.strip("`") for line in lines for name in line.split(", ")]
    assert sorted(named) == sorted(READ_BACK)
    assert {*named} == {*FIELDS, "file"} - {"cover"}, "a cover is chosen in edits.yaml alone"
    assert all(f"`{name}`" in PAGE for name in COLUMNS)
