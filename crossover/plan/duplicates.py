"""Notes that are like another one: RedNote refuses the second, or may."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crossover.accounts.ledger.entry import Entry
from crossover.mapping.notes import add_problem
from crossover.model.choices import Action
from crossover.model.notes import Level, Note, Problem
from crossover.plan.sent import NO_ROWS, SentRows
from crossover.settings.edits import Edits

_TWIN = "twin"
_DUPLICATE = "duplicate"


def tell_duplicates(
    notes: Iterable[Note], edits: Edits, sent: SentRows = NO_ROWS
) -> tuple[Note, ...]:
    """The notes, told anew which is like another one. One of the same title, text, kind and files
    is held, unless it went out or the creator moves it; one of the same title and files is warned
    of. A note that went out counts as it was sent."""
    notes = [_untold(note) for note in notes]
    rows = {note.number: _row(note, sent) for note in notes}
    # Of two equal ones, the one that went out is the first.
    twins = {_content(n, row): n.number for n in reversed(notes) if (row := rows[n.number])}
    alike: dict[tuple[object, ...], str] = {}
    result = []
    for note in notes:
        row = rows[note.number]
        first = alike.setdefault(_looks(note, row), note.number)
        if note.action is Action.MOVE and note.media:
            twin = twins.setdefault(_content(note, row), note.number)
            if twin != note.number and not (row or _is_moved(note, edits)):
                note = add_problem(note, _twin_of(twin))
            elif first != note.number:
                note = add_problem(note, _like(first))
        result.append(note)
    return tuple(result)


def _untold(note: Note) -> Note:
    """The note as it is by itself."""
    others = tuple(p for p in note.problems if p.code not in (_TWIN, _DUPLICATE))
    if any(problem.code == _TWIN for problem in note.problems):
        note = replace(note, action=Action.MOVE, reason="")
    return replace(note, problems=others) if others != note.problems else note


def _row(note: Note, sent: SentRows) -> Entry | None:
    return sent.get(note.post, {}).get(note.part[0])


def _is_moved(note: Note, edits: Edits) -> bool:
    """Whether the creator said of this note, or of its whole post, that it goes out."""
    return any(edits.is_moved(number) for number in (note.number, note.number.partition(".")[0]))


def _looks(note: Note, row: Entry | None) -> tuple[object, ...]:
    files = tuple(file.sha256 for file in note.media)
    if row is None:
        return note.title, files
    return row.title, row.carried.files(row.part) if row.carried else files


def _content(note: Note, row: Entry | None) -> tuple[object, ...]:
    text = row.carried.text if row and row.carried else note.description
    return (*_looks(note, row), text, note.kind)


def _twin_of(first: str) -> Problem:
    return Problem(
        _TWIN,
        Level.ERROR,
        f"The same as note {first}; RedNote would refuse it.",
        "To send it all the same: `action: move` in edits.yaml or in the sheet.",
    )


def _like(first: str) -> Problem:
    return Problem(
        _DUPLICATE,
        Level.WARNING,
        f"It has the title and the files of note {first}; RedNote may refuse it.",
        "Leave one of them out.",
    )
