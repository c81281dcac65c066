"""The files of a note, fitted to RedNote's limits."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.model.notes import Change, Cover, NoteMedia, Problem
from crossover.model.watermark import NO_HINTS, MarkHints


@dataclass(frozen=True, slots=True)
class NoteFiles:
    """The files of a post as they would be sent, with the changes made and the problems found.

    `questions` are problems that hold a note until the creator says that it is to move so.
    `marks` is what speaks for TikTok's watermark.
    """

    media: tuple[NoteMedia, ...] = ()
    cover: Cover | None = None
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Problem, ...] = ()
    marks: MarkHints = NO_HINTS
