"""When each row of a page changed, so that a page that knows a generation hears of what came after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crossover.model.choices import Edit
from crossover.model.notes import Note
from crossover.preview.page_data import SharedTexts
from crossover.transfer.report.status import Standing


@dataclass(frozen=True, slots=True)
class NoteRow:
    """All that the row of a note on the page is made of."""

    note: Note
    standing: Standing
    edit: Edit | None


class RowHistory:
    """The rows of a page by the ids of notes, and the generation in which each changed last. `texts`
    are those that the page knows."""

    def __init__(self) -> None:
        self.texts = SharedTexts()
        self.generation = -1
        self.rows: Mapping[str, NoteRow] = {}
        self._changed: dict[str, int] = {}
        self._gone: dict[str, int] = {}

    def take(self, rows: Mapping[str, NoteRow]) -> None:
        """Take the rows as they are now, which begins a new generation."""
        former, self.rows = self.rows, rows
        self.generation += 1
        for name in former.keys() - rows.keys():
            self._gone[name] = self.generation
            del self._changed[name]
        for name, row in rows.items():
            if former.get(name) != row:
                self._changed[name] = self.generation
                self._gone.pop(name, None)

    def changed_since(self, generation: int) -> list[NoteRow]:
        """The rows that changed in a later generation."""
        return [row for name, row in self.rows.items() if self._changed[name] > generation]

    def gone_since(self, generation: int) -> tuple[str, ...]:
        """The ids of notes that went in a later generation."""
        return tuple(name for name, when in self._gone.items() if when > generation)
