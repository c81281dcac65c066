"""Notes that are like another one: RedNote refuses the second, or may."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from crossover.accounts.ledger.entry import Entry
from crossover.mapping.notes import add_problem
from crossover.model.choices import Action
from crossover.model.notes import Level, Note, Problem
from crossover.plan.sent import NO_ROWS, SentRows
from crossover.plan.similar_words import NO_WORDS, TextWords, find_similar_words, read_words
from crossover.settings.edits import Edits

_TWIN = "twin"
_DUPLICATE = "duplicate"
_FILES_ALIKE = "files-alike"
_WORDS_ALIKE = "words-alike"
_TOPIC = re.compile(r" #\S+")
_CODES = {_TWIN, _DUPLICATE, _FILES_ALIKE, _WORDS_ALIKE}


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was looked up of one note: it is taken for granted while the note stays the same value.
    `told` is what was said of it last."""

    bare: Note
    row: Entry | None
    is_going: bool
    looks: tuple[object, ...]
    content: tuple[object, ...]
    files: tuple[str, ...]
    words: TextWords
    problem: Problem | None
    told: Note


class DuplicateSearch:
    """Tells which notes are like another one, again and again: of a note that is the same as last
    time nothing is looked up anew."""

    def __init__(self, sent: SentRows = NO_ROWS) -> None:
        self._sent = sent
        self._looked: dict[str, _Looked] = {}
        self._words: list[tuple[str, TextWords]] = []
        self._similar: Mapping[str, str] = {}

    def tell(self, notes: Iterable[Note], edits: Edits) -> tuple[Note, ...]:
        """As `tell_duplicates`."""
        looked = [self._look(note) for note in notes]
        # Of two equal ones, the one that went out is the first.
        twins = {one.content: one.bare.number for one in reversed(looked) if one.row}
        alike: dict[tuple[object, ...], str] = {}
        going = [one for one in looked if one.is_going]
        files, words = _find_files(going), self._find_similar(going)

        def find_likeness(one: _Looked) -> Problem | None:
            note, number = one.bare, one.bare.number
            first = alike.setdefault(one.looks, number)
            if note.action is not Action.MOVE or not note.media:
                return None
            twin = twins.setdefault(one.content, number)
            if twin != number and not (one.row or _is_moved(note, edits)):
                return _twin_of(twin)
            if first != number:
                return _like(first)
            if number in files:
                return _has_files(note, *files[number])
            return _has_words(words[number]) if number in words else None

        told = [_tell(one, find_likeness(one)) for one in looked]
        self._looked = {one.bare.id: one for one in told}
        return tuple(one.told for one in told)

    def _find_similar(self, going: Iterable[_Looked]) -> Mapping[str, str]:
        """Find the notes with nearly the words of an earlier post; parts of a post have the same.
        This is most of the work, and done only where words changed."""
        first: dict[str, _Looked] = {}
        for one in going:
            first.setdefault(one.bare.post, one)
        words = [(one.bare.number, one.words) for one in first.values()]
        if words != self._words:
            self._words, self._similar = words, find_similar_words(words)
        return self._similar

    def _look(self, note: Note) -> _Looked:
        known = self._looked.get(note.id)
        if known is not None and (note is known.told or note is known.bare):
            return known
        bare = _untold(note)
        row = _row(bare, self._sent)
        is_going = bare.action is Action.MOVE or row is not None
        return _Looked(
            bare=bare,
            row=row,
            is_going=is_going,
            looks=_looks(bare, row),
            content=_content(bare, row),
            files=_files(bare, row),
            words=read_words(_words(bare, row)) if is_going else NO_WORDS,
            problem=None,
            told=bare,
        )


def _tell(one: _Looked, problem: Problem | None) -> _Looked:
    if problem == one.problem:
        return one
    told = add_problem(one.bare, problem) if problem else one.bare
    return replace(one, problem=problem, told=told)


def tell_duplicates(
    notes: Iterable[Note], edits: Edits, sent: SentRows = NO_ROWS
) -> tuple[Note, ...]:
    """The notes, told anew which is like another one. One of the same title, text, kind and files
    is held, unless it went out or the creator moves it; one of the same title and files is warned
    of, and one with the files or nearly the words of another post. A note that went out counts as
    it was sent."""
    return DuplicateSearch(sent).tell(notes, edits)


def _find_files(looked: Iterable[_Looked]) -> dict[str, tuple[str, int]]:
    """Find the notes with half of the files of an earlier post or more: of which note, and how
    many."""
    owners: dict[str, Note] = {}
    found = {}
    for one in looked:
        note = one.bare
        others = [
            owner.number
            for file in one.files
            if (owner := owners.setdefault(file, note)).post != note.post
        ]
        for number, many in Counter(others).most_common(1) if others else ():
            if 2 * many >= len(one.files):
                found[note.number] = number, many
    return found


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
