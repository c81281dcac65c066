"""Lines of a text in a given width, and two texts beside each other; widths in cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from rich.cells import chop_cells
from rich.text import Text

from crossover.cli.view.screen import wrapped

GAP = 4
"""Cells between two columns."""


def folded(text: Text, width: int) -> list[Text]:
    """Break a text into lines between words, and a word that is longer than a line anywhere."""
    return [
        piece
        for line in wrapped(text, width)
        for piece in (_chopped(line, width) if line.cell_len > width else [line])
    ]


def folded_list(entries: Iterable[Text], width: int) -> list[Text]:
    """Put short texts behind each other, on new lines where one has no room left."""
    lines: list[Text] = []
    for entry in entries:
        if lines and lines[-1].cell_len + 1 + entry.cell_len <= width:
            lines[-1] = Text.assemble(lines[-1], " ", entry)
        else:
            lines.append(entry)
    return [piece for line in lines for piece in folded(line, width)]


def _chopped(line: Text, width: int) -> Iterable[Text]:
    ends, end = [], 0
    for piece in chop_cells(line.plain, width)[:-1]:
        end += len(piece)
        ends.append(end)
    return line.divide(ends)


def side_by_side(left: Sequence[Text], right: Sequence[Text], width: int) -> list[Text]:
    """Put lines beside each other, the right ones behind `width` cells and a gap."""
    lines = []
    for one, other in zip_longest(left, right, fillvalue=Text()):
        blanks = " " * (width - one.cell_len + GAP) if other.plain else ""
        lines.append(Text.assemble(one, blanks, other))
    return lines
