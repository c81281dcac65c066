"""The rows of a plan: a note each, with what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from crossover.cli.view.screen import wrapped
from crossover.cli.view.status import SENT, title_text, words_for
from crossover.guide.note_selection import changes_of_words
from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.notes import Change, Note
from crossover.model.posts import Kind
from crossover.plan.changed_since import as_sent
from crossover.text import cut, one_line
from crossover.transfer.report.status import Standing

_ACTION = {
    Action.MOVE: ("move", "green"),
    Action.HOLD: ("hold", "yellow"),
    Action.SKIP: ("skip", "dim"),
}
_GAP = "  "
_LETTERS = 60
"""Of what a change was and became; more is cut."""
_LEAST = 10
"""Cells that a title has at least, however narrow the screen."""
_TITLE = 48
"""Cells of a title where the beginning of the text stands beside it."""
_READ = 400
"""Letters of a text that are looked at for its beginning."""
_TEXT = 24
"""Cells that the beginning of a text is worth showing in."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A note in a line, and what stands below its title. The last cell says what becomes of it.
    `text` stands beside the title where there is room for its beginning."""

    cells: tuple[str, ...]
    style: str
    title: str
    below: tuple[str, ...]
    text: str = ""


def make_row(
    note: Note,
    standing: Standing,
    *,
    site: SiteName = SiteName.REHEARSAL,
    narrow: bool = False,
    changes: bool = False,
) -> PlanRow:
    """Make the row: number, day, files, what becomes of it, title; where it is `narrow` without day
    and files. A note that was sent has what became of it, and the title it went out with."""
    word, style = state_word(note, standing, site)
    when = () if narrow else (f"{note.posted_at:%Y-%m-%d}", files_of(note))
    below = []
    if standing.title != standing.title_planned:
        below.append(f"changed since: {title_text(standing.title_planned)}")
    if changes:
        below += map(_change_text, changes_of_words(note))
    cells = (note.number, *when, word)
    text = "" if changes else one_line(as_sent(note, standing.differences).body[:_READ])
    return PlanRow(cells, style, one_line(standing.title), tuple(below), text)


def _change_text(change: Change) -> str:
    """Format as `topics: #fyp (tags about TikTok mean nothing on RedNote)`; of a text the reason
    alone."""
    pieces = [change.before, change.after] if change.field != "body" else []
    what = " → ".join(cut(one_line(piece), _LETTERS, len) for piece in pieces if piece)
    return one_line(f"{change.field}: " + (f"{what} ({change.why})" if what else change.why))


def state_word(note: Note, standing: Standing, site: SiteName) -> tuple[str, str]:
    """Say in a word what becomes of the note, or became of it, and in which style."""
    if standing.state in SENT:
        return words_for(site)[standing.state], "dim"
    return _ACTION[note.action]


def files_of(note: Note) -> str:
    """Format as `video 0:12`, `9 pictures`, `-`."""
    if not note.media:
        return "-"
    if note.kind is Kind.PHOTOS:
        return f"{len(note.media)} picture{'' if len(note.media) == 1 else 's'}"
    seconds = round(note.media[0].duration or 0)
    return f"video {seconds // 60}:{seconds % 60:02d}"


def rows_within(rows: Sequence[PlanRow], lines: int) -> Sequence[PlanRow]:
    """Find the first rows that stand on so many lines; one at least."""
    left = lines
    for place, row in enumerate(rows):
        left -= 1 + len(row.below)
        if left < 0:
            return rows[: max(place, 1)]
    return rows


class PlanTable:
    """Rows as a table. Painted line by line: a table of rich measures every cell several times,
    which takes seconds for some thousand notes."""

    def __init__(self, rows: Iterable[PlanRow]) -> None:
        self._rows = tuple(rows)
        lines = [_head(row) for row in self._rows[:1]] + [row.cells for row in self._rows]
        self._widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Paint them; on a terminal a long title goes on below itself."""
        indent = sum(self._widths) + len(_GAP) * len(self._widths)
        room = max(options.max_width - indent, _LEAST) if options.is_terminal else None
        title_room, text_room = self._share(room)
        dim, below = console.get_style("dim"), " " * indent
        for row in self._rows[:1]:
            yield Segment(_GAP.join([*self._padded(_head(row)), "title\n"]), dim)
        for row in self._rows:
            *cells, word = self._padded(row.cells)
            yield Segment("".join(cell + _GAP for cell in cells))
            yield Segment(word, console.get_style(row.style))
            first, *others = _folded(row.title, title_room)
            yield Segment(_GAP + first)
            if title_room and text_room and row.text:
                gap = " " * (title_room - cell_len(first)) + _GAP
                yield Segment(gap + _beginning(row.text, text_room), dim)
            yield Segment("".join(f"\n{below}{line}" for line in others) + "\n")
            for text in row.below:
                yield Segment(
                    below + f"\n{below}".join(_folded(text, room)) + "\n",
                    dim,
                )

    def _share(self, room: int | None) -> tuple[int | None, int]:
        """Share the cells behind the columns: how many for titles, and how many for texts."""
        if room is None:
            return None, 0
        title = min(max((cell_len(row.title) for row in self._rows), default=0), _TITLE)
        text = room - title - len(_GAP)
        return (title, text) if text >= _TEXT else (room, 0)

    def _padded(self, cells: Sequence[str]) -> list[str]:
        number, *others = cells
        width, *widths = self._widths
        return [
            number.rjust(width),
            *(cell.ljust(most) for cell, most in zip(others, widths, strict=True)),
        ]


def _head(row: PlanRow) -> tuple[str, ...]:
    names = ("note", "posted", "files", "")
    return names if len(row.cells) == len(names) else (names[0], names[-1])


def _beginning(text: str, room: int) -> str:
    """Cut a text to so many cells."""
    if cell_len(text) <= room:
        return text
    return chop_cells(text, room - 1)[0].rstrip() + "…"


def _folded(text: str, room: int | None) -> list[str]:
    """Break a text that is wider than `room` between words, and a longer word anywhere."""
    if room is None or cell_len(text) <= room:
        return [text]
    return [
        piece
        for line in wrapped(Text(text), room)
        for piece in chop_cells(line.plain, room) or [""]
    ]
