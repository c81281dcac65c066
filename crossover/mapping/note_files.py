"""The files of a note, as making them fit gave them."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.model.notes import Change, Cover, NoteMedia, Problem


@dataclass(frozen=True, slots=True)
class NoteFiles:
    """The files of a post as they would be sent, and what was done or found on the way."""

    media: tuple[NoteMedia, ...] = ()
    cover: Cover | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
