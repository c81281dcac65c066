"""Problems of files that a creator may know better: they hold a note until `action: move` says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from crossover.model.choices import Action, Edit
from crossover.model.notes import Level, Problem

AS_DECIDED = "It goes out so, as you decided."


def check_questions(questions: Iterable[Problem], edit: Edit) -> Iterator[Problem]:
    """Yield the questions; those that the creator answered by moving the note only to know."""
    for question in questions:
        if edit.action is Action.MOVE:
            yield replace(question, level=Level.NOTE, next=AS_DECIDED)
        else:
            yield question
