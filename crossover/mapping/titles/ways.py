"""The ways in which a candidate for a title is made of a caption, its wording and its score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import regex

from crossover.mapping.titles.caption_clauses import SHORTEST, CaptionClauses
from crossover.mapping.titles.leads import is_hollow, is_no_title
from crossover.mapping.titles.wording import polish_title
from crossover.text import half_units

_NAME = regex.compile(r"@\S+(?: ?様)?")
"""Of words that are only somebody's name."""


class Way(Enum):
    """How a candidate is made, with what that is worth."""

    WHOLE = 100
    SHAVED = 94
    TAIL = 72
    CUT = 74
    QUESTION = 68
    QUOTATION = 67
    PHRASE = 60
    BROKEN = 22


WHOLE_AT_THE_END = frozenset({Way.WHOLE, Way.SHAVED, Way.TAIL, Way.QUOTATION})
"""The ways that end where a clause ends."""


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A possible title. Where it is whole clauses, the words of the last end at `words_end`."""

    text: str
    way: Way
    score: float
    words_end: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """A caption in which titles of `most` halves are looked for."""

    caption: CaptionClauses
    most: int

    def make(
        self, words: str, way: Way, worth: float, words_end: int = 0
    ) -> Iterator[TitleCandidate]:
        """Yield the wording of a candidate where it can be a title and fits."""
        if _NAME.fullmatch(words):
            return
        if half_units(words) > self.most + 8 and "@" not in words:
            return
        language = self.caption.language
        title = polish_title(words, language, cut=way not in WHOLE_AT_THE_END)
        halves = half_units(title)
        if not title or halves > self.most or is_no_title(title, language):
            return
        if way is not Way.BROKEN and is_hollow(title, language):
            return
        each = 0.8 if way is Way.CUT else 0.5  # the latest cut that fits is best
        score = worth + each * halves - (28 if halves < SHORTEST else 0)
        yield TitleCandidate(title, way, score - (20 if halves < 7 else 0), words_end)
