"""Notes as a person names them: one, a part of one, or several in a row."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.model.notes import Note


@dataclass(frozen=True, slots=True)
class NoteRange:
    """Notes of the posts `first` to `last`, or one `part` of a single post."""

    first: int
    last: int
    part: int | None = None

    def __str__(self) -> str:
        if self.part is not None:
            return f"{self.first}.{self.part}"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    def __contains__(self, note: Note) -> bool:
        return self.first <= note.post_number <= self.last and self.part in (None, note.part[0])
