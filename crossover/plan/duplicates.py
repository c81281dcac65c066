"""Notes that are like another one: RedNote refuses the second, or may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from crossover.accounts.ledger.entry import Entry
from crossover.mapping.notes import add_problem
from crossover.model.choices import Action
from crossover.model.notes import Level, Note, Problem
from crossover.plan.sent import NO_ROWS, SentRows
from crossover.plan.similar_words import find_similar
from crossover.settings.edits import Edits

_TWIN = "twin"
_DUPLICATE = "duplicate"
_FILES_ALIKE = "files-alike"
_WORDS_ALIKE = "words-alike"
_TOPIC = re.compile(r" #\S+")
_CODES = {_TWIN, _DUPLICATE, _FILES_ALIKE, _WORDS_ALIKE}


def tell_duplicates(
    notes: Iterable[Note], edits: Edits, sent: SentRows = NO_ROWS
) -> tuple[Note, ...]:
    """The notes, told anew which is like another one. One of the same title, text, kind and files
    is held, unless it went out or the creator moves it; one of the same title and files is warned
    of, and one with the files or nearly the words of another post. A note that went out counts as
    it was sent."""
    notes = [_untold(note) for note in notes]
    rows = {note.number: _row(note, sent) for note in notes}
    # Of two equal ones, the one that went out is the first.
    twins = {_content(n, row): n.number for n in reversed(notes) if (row := rows[n.number])}
    alike: dict[tuple[object, ...], str] = {}
    going = [note for note in notes if note.action is Action.MOVE or rows[note.number]]
    files, words = _find_files(going, rows), _find_words(going, rows)

    def find_likeness(note: Note) -> Problem | None:
        number, row = note.number, rows[note.number]
        first = alike.setdefault(_looks(note, row), number)
        if note.action is not Action.MOVE or not note.media:
            return None
        twin = twins.setdefault(_content(note, row), number)
        if twin != number and not (row or _is_moved(note, edits)):
            return _twin_of(twin)
        if first != number:
            return _like(first)
        if number in files:
            return _has_files(note, *files[number])
        return _has_words(words[number]) if number in words else None

    found = ((note, find_likeness(note)) for note in notes)
    return tuple(add_problem(note, problem) if problem else note for note, problem in found)


def _find_files(
    notes: Iterable[Note], rows: Mapping[str, Entry | None]
) -> dict[str, tuple[str, int]]:
    """Find the notes with half of the files of an earlier post or more: of which note, and how
    many."""
    owners: dict[str, Note] = {}
    found = {}
    for note in notes:
        files = _files(note, rows[note.number])
        shared = Counter(
            owner.number
            for file in files
            if (owner := owners.setdefault(file, note)).post != note.post
        )
        for number, many in shared.most_common(1):
            if 2 * many >= len(files):
                found[note.number] = number, many
    return found


def _find_words(notes: Iterable[Note], rows: Mapping[str, Entry | None]) -> Mapping[str, str]:
    """Find the notes with nearly the words of an earlier post; parts of a post have the same."""
    first: dict[str, Note] = {}
    for note in notes:
        first.setdefault(note.post, note)
    return find_similar((n.number, _words(n, rows[n.number])) for n in first.values())


def _untold(note: Note) -> Note:
    """The note as it is by itself."""
    others = tuple(problem for problem in note.problems if problem.code not in _CODES)
    if any(problem.code == _TWIN for problem in note.problems):
        note = replace(note, action=Action.MOVE, reason="")
    return replace(note, problems=others) if others != note.problems else note


def _row(note: Note, sent: SentRows) -> Entry | None:
    return sent.get(note.post, {}).get(note.part[0])


def _is_moved(note: Note, edits: Edits) -> bool:
    """Whether the creator said of this note, or of its whole post, that it goes out."""
    return any(edits.is_moved(number) for number in (note.number, note.number.partition(".")[0]))


def _files(note: Note, row: Entry | None) -> tuple[str, ...]:
    if row and row.carried:
        return row.carried.files(row.part)
    return tuple(file.sha256 for file in note.media)


def _looks(note: Note, row: Entry | None) -> tuple[object, ...]:
    return (row or note).title, _files(note, row)


def _content(note: Note, row: Entry | None) -> tuple[object, ...]:
    text = row.carried.text if row and row.carried else note.description
    return (*_looks(note, row), text, note.kind)


def _words(note: Note, row: Entry | None) -> str:
    """The title and the text, without the topics that stand behind it."""
    text = _TOPIC.sub("", row.carried.text) if row and row.carried else note.body
    return f"{(row or note).title}\n{text}"


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


def _has_files(note: Note, first: str, many: int) -> Problem:
    be = "is" if many == 1 else "are"
    what = f"{many} of its {len(note.media)} pictures {be}" if note.media[1:] else "Its file is"
    return Problem(
        _FILES_ALIKE,
        Level.WARNING,
        f"{what} in note {first} too.",
        "Have a look: leave one of them out, or let both go.",
    )


def _has_words(first: str) -> Problem:
    return Problem(
        _WORDS_ALIKE,
        Level.WARNING,
        f"Its words are nearly those of note {first}.",
        "Have a look: give it other words, leave one of them out, or let both go.",
    )
