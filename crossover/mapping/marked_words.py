"""What became of each word of a caption: it stays in the text, went into the title, became a topic or
is left out. For the eye: a screen marks the words where they stand."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

import regex

from crossover.model.hashtags import fold_tag
from crossover.model.notes import Change, Note

_PIECE = regex.compile(
    r"#[^\s#]+|@[\p{L}\p{N}_.]+|[[\p{L}\p{N}\p{M}_'’]--\p{Han}]+|\s+|\X", regex.V1
)
_TAG = regex.compile(r"#[^\s#]+")
_MOST = 1_000_000
"""Pairs of equal pieces that two texts may have: to compare more takes seconds."""


class Went(StrEnum):
    """Where a word of a caption is now. `NEW`: a word of the note that its caption has not."""

    TEXT = "text"
    TITLE = "title"
    TOPIC = "topic"
    NOWHERE = "nowhere"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Neighbouring words of which the same became, with the blanks between them."""

    text: str
    went: Went


def mark_caption(caption: str, note: Note, others: Iterable[Note] = ()) -> tuple[MarkedWords, ...]:
    """Mark the words of a caption by where they are in its note. Those of a text that goes on in the
    `others` of its post are in the text too. Put together, the texts are the caption."""
    pieces = _split(caption)
    keys = list(map(_key, pieces))
    in_title = _places_in(keys, note.title, least=2)
    in_text = _places_in(keys, note.body)
    for other in others:
        in_text |= _places_in(keys, other.body) - in_title
    tags = _tags_in_topics(note)

    def went(place: int) -> Went | None:
        piece = pieces[place]
        if piece.isspace():
            return None
        if place in in_text:
            return Went.TEXT
        if _TAG.fullmatch(piece):
            return Went.TOPIC if fold_tag(piece[1:]) in tags else Went.NOWHERE
        return Went.TITLE if place in in_title else Went.NOWHERE

    return tuple(_join(pieces, [went(place) for place in range(len(pieces))]))


def mark_new_words(text: str, caption: str) -> tuple[MarkedWords, ...]:
    """Mark the words of a note's text that its caption has not. Put together, the texts are the
    text."""
    pieces = _split(text)
    known = _places_in(list(map(_key, pieces)), caption)
    marks = [
        None if piece.isspace() else Went.TEXT if place in known else Went.NEW
        for place, piece in enumerate(pieces)
    ]
    return tuple(_join(pieces, marks))


def find_new_topics(note: Note, caption: str) -> frozenset[str]:
    """Find the topics of a note that are no hashtags of its caption."""
    tags = {fold_tag(tag[1:]) for tag in _TAG.findall(caption)}
    return frozenset(topic for topic in note.topics if fold_tag(topic) not in tags)


def _split(text: str) -> list[str]:
    """Split into words, blanks and signs. Chinese has no blanks: each sign is a piece."""
    return _PIECE.findall(text)


def _key(piece: str) -> str:
    """Return what a word has in common with itself in a title, or as a hashtag in a sentence."""
    return unicodedata.normalize("NFC", piece.removeprefix("#") or piece).casefold()


def _places_in(keys: Sequence[str], other: str, *, least: int = 1) -> frozenset[int]:
    """Find the places of the pieces that stand in another text as well, in the same order, at
    `least` so many beside each other unless the other text has fewer."""
    others = list(map(_key, _split(other)))
    ours, theirs = Counter(keys), Counter(others)
    if not others:
        return frozenset()
    if sum(ours[key] * theirs[key] for key in ours) > _MOST:
        return frozenset(range(len(keys)))  # nothing is said of them then
    blocks = SequenceMatcher(None, keys, others, autojunk=False).get_matching_blocks()
    found = frozenset(
        place
        for block in blocks
        if block.size >= min(least, len(others))
        for place in range(block.a, block.a + block.size)
    )
    words = sum(not keys[place].isspace() for place in found)
    most = min(sum(not key.isspace() for key in some) for some in (keys, others))
    # Texts that share but a word here and there are not made of each other.
    return found if 2 * words >= most else frozenset()


def _tags_in_topics(note: Note) -> set[str]:
    """Find the hashtags, folded, that are topics of the note, if under another name."""
    names = {fold_tag(topic) for topic in note.topics}
    for before, after in reversed([*_renamings(note.changes)]):
        if after & names:
            names |= before
    return names


def _renamings(changes: Iterable[Change]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    for change in changes:
        if change.field == "topics" and change.before and change.after:
            yield _tags_of(change.before), _tags_of(change.after)


def _tags_of(text: str) -> frozenset[str]:
    return frozenset(fold_tag(tag[1:]) for tag in _TAG.findall(text))


def _join(pieces: Sequence[str], marks: Sequence[Went | None]) -> Iterator[MarkedWords]:
    """Join neighbours of one mark. Blanks between two of them belong to both, any others to the
    text."""
    filled: list[Went] = []
    for place, mark in enumerate(marks):
        if mark is None:
            before = filled[-1] if filled else Went.TEXT
            after = next((later for later in marks[place + 1 : place + 2] if later), Went.TEXT)
            mark = before if before is after else Went.TEXT
        filled.append(mark)
    for went, group in groupby(zip(pieces, filled, strict=True), key=lambda pair: pair[1]):
        yield MarkedWords("".join(piece for piece, _ in group), went)
