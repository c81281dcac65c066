"""Finds what of a caption could be its title, and how well each would do.

The longest beginning that ends at a pause is best; then what is left when a frame or a filler is
taken off, a beginning cut before a connecting word, a noun phrase or a question inside, and last
a beginning cut between words, with "…".
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from crossover.mapping.titles.caption_clauses import SHORTEST, CaptionClauses
from crossover.mapping.titles.clauses import Pause
from crossover.mapping.titles.fragments import (
    find_beginnings,
    find_blanks,
    find_broken,
    find_noun_phrases,
    find_quotations,
    find_tail_starts,
    find_unlabelled,
)
from crossover.mapping.titles.languages import Language
from crossover.mapping.titles.leads import is_detail, is_poor
from crossover.mapping.titles.ways import Search, TitleCandidate, Way
from crossover.mapping.titles.whole_clauses import find_whole
from crossover.text import half_units

MOST_BEGINNINGS = 4
"""Of a caption, the sentences in which a title may begin."""
ENOUGH = 72.0
"""What a candidate is worth at least beside which none is looked for that ends with "…"."""
_LABEL = regex.compile(r"(?:【[^】\n]*】|\[[^\]\n]{1,12}\]) ?")
_OPENING_MARKS = regex.compile(r"[¿¡\"“*]+ ?")
_LEAST_CHOICE = 9
"""Halves that a title has at least which is offered beside another."""
_INNER = 26.0
"""What it costs to take only what somebody knows or says."""


def find_candidates(text: str, language: Language, halves: int) -> list[TitleCandidate]:
    """Find the possible titles of `halves` at most, the best first, each wording once."""
    best: dict[str, TitleCandidate] = {}
    for candidate in _Finder(text, language, halves).find():
        known = best.get(candidate.text.casefold())
        if known is None or candidate.score > known.score:
            best[candidate.text.casefold()] = candidate
    found = sorted(best.values(), key=lambda candidate: -candidate.score)
    # One short word beside something better is no choice.
    return [one for one in found if one is found[0] or half_units(one.text) >= _LEAST_CHOICE]


class _Finder:
    """Looks through one caption."""

    def __init__(self, text: str, language: Language, halves: int) -> None:
        self._caption = CaptionClauses(text, language)
        self._language = language
        self._search = Search(self._caption, halves)

    def find(self) -> Iterator[TitleCandidate]:
        """Yield the candidates, sentence by sentence."""
        place, some = 0, False
        for index in range(self._caption.first, len(self._caption.clauses)):
            if not self._may_begin(index, place, some=some):
                continue
            found = list(self._begin_at(index, self._cost_of(index, place), first=not some))
            yield from found
            some = some or any(half_units(one.text) >= SHORTEST for one in found)
            # A bare `Part 3` or `POV` does not push back what follows it.
            bare = self._caption.labels[index] or self._caption.openers[index]
            place += bool(found) or not bare
            if place == MOST_BEGINNINGS:
                return

    def _may_begin(self, index: int, place: int, *, some: bool) -> bool:
        """Whether a title may begin here: not within a sentence, unless what of it stands before is
        no title or leans on this (in wide letters, where it fits least, also where there are not
        `some` yet), nor with thanks, a detail or a list behind something better."""
        if self._caption.closed[index]:
            return False
        if index == self._caption.first:
            return True
        before = self._caption.clauses[index - 1]
        if self._caption.follows_denial(index) or self._caption.leans_back(index):
            return False
        if before.kind in (Pause.COMMA, Pause.BRACKET):
            wide = self._language.wide or not self._language.spaced
            number = self._caption.words[index][0].isdecimal()
            return (
                self._caption.closed[index - 1]
                or self._caption.openers[index - 1]
                or self._caption.leans_on(index - 1)
                or (wide and not some and not number and not self._caption.ends_small(index))
            )
        if not place:
            return True
        words = self._caption.words[index]
        punch_line = before.kind is Pause.COLON and self._language.spaced and words.count(" ") < 2
        if is_detail(words) or punch_line or self._caption.ends_small(index):
            return False
        listed = before.kind is Pause.COLON and is_poor(
            self._caption.words[index - 1], self._language
        )
        return not listed and not is_poor(self._caption.words[index], self._language)

    def _cost_of(self, index: int, place: int) -> float:
        """What it costs to begin further behind: less where letters are wide, for there the first
        sentence seldom fits."""
        if not place:
            return 0
        clause, before = self._caption.clauses[index], self._caption.clauses[index - 1]
        short = half_units(self._caption.words[index]) < (24 if self._language.wide else 20)
        cost: float = 32 if self._language.wide else 38
        label = half_units(self._caption.words[index - 1]) < 20 and place == 1
        label = label and self._is_led_to(index)
        label = label and not self._caption.is_asked_of(index - 1)
        if before.kind is Pause.COLON and label and not self._caption.labels[index - 1]:
            cost = 10
        elif before.kind in (Pause.BAR, Pause.COLON):
            cost -= 6
        cost += 10 if self._caption.asks(index) or self._caption.begins_joined(index) else 0
        return cost + 15 * short + 10 * (place - 1) + (25 if clause.listed else 0)

    def _is_led_to(self, index: int) -> bool:
        """Whether nothing that could be a title stands before the clause that leads to this one."""
        caption, first = self._caption, self._caption.first
        led = caption.text[caption.clauses[first].start : caption.clauses[index - 1].end]
        return all(caption.closed[first : index - 1]) or is_detail(led)

    def _begin_at(self, index: int, cost: float, *, first: bool) -> Iterator[TitleCandidate]:
        """Yield what begins with a clause; parts of it only of the `first` that has any."""
        clause = self._caption.clauses[index]
        whole = list(find_whole(self._search, index, clause.start, Way.WHOLE, cost))
        yield from whole
        if any(c.score > Way.WHOLE.value - cost for c in whole) or not first:
            return
        if self._caption.openers[index]:
            return
        end = self._caption.sentence_end(index)
        opening = self._language.openings.match(self._caption.text, clause.start, end)
        starts = self._shaved_starts(clause.start, end)
        if not (opening and starts):  # "Did you know that you can" is nothing by itself
            starts.insert(0, (clause.start, 0.0))
        found = list(find_quotations(self._search, clause.start, end, cost))
        for start, shaved in (*starts, *self._inner_starts(clause.start, end)):
            within = self._caption.clause_at(start, index)
            if start != clause.start:
                found += find_whole(self._search, within, start, Way.SHAVED, cost + shaved)
            found += find_blanks(self._search, start, end, cost + shaved)
            if self._language.spaced:
                found += find_beginnings(
                    self._search, start, end, cost + shaved, shaved=start != clause.start
                )
        asks = opening is None and not whole and self._caption.asks(index)
        for start, more in find_tail_starts(self._search, index, fits=bool(whole), asks=asks):
            within = self._caption.clause_at(start, index)
            found += find_whole(self._search, within, start, Way.TAIL, cost + more)
            if self._language.spaced and not self._language.head_final and not asks:
                cut = cost + more + 16
                found += find_beginnings(self._search, start, end, cut, shaved=True)
        found += find_unlabelled(self._search, index)
        yield from found
        if self._language.spaced:
            yield from find_noun_phrases(self._search, clause.start, end, cost)
            if all(one.score < ENOUGH for one in found):
                for start, shaved in dict.fromkeys((starts[0], starts[-1])):
                    yield from find_broken(self._search, start, end, cost + 2 * shaved)

    def _shaved_starts(self, start: int, end: int) -> list[tuple[int, float]]:
        """Find where the words begin without their frame, fillers, label or article, and what each
        costs."""
        found: list[tuple[int, float]] = []
        place, cost = start, 0.0
        language = self._language
        for pattern, each in (
            (_LABEL, 0.0),
            (language.frames, 3.0),
            (language.fillers, -5.0),
            (language.openings, 2.0),
            (language.shaves, 4.0),
            (language.shaves, 5.0),
            (language.shaves, 6.0),
        ):
            opening = _OPENING_MARKS.match(self._caption.text, place, end)
            place = opening.end() if opening else place
            match = pattern.match(self._caption.text, place, end)
            if match and half_units(self._caption.text[match.end() : end]) >= SHORTEST:
                if self._caption.denies(start, match.end()):
                    break
                place, cost = match.end(), cost + each
                found.append((place, cost))
        return found

    def _inner_starts(self, start: int, end: int) -> Iterator[tuple[int, float]]:
        """Yield where that begins which somebody in the sentence knows or says: "you realize |
        your cat …"."""
        for match in self._language.inner.finditer(self._caption.text, start, end):
            if not self._caption.denies(start, match.start()):
                yield match.end(), _INNER
