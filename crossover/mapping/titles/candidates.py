"""Finds what of a caption could be its title, and how well each would do.

The longest beginning that ends at a pause is best; then what is left when a frame or a filler is
taken off, a beginning cut before a connecting word, a noun phrase or a question inside, and last
a beginning cut between words, with "…".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import regex

from crossover.mapping.titles.caption_clauses import SHORTEST, CaptionClauses
from crossover.mapping.titles.clauses import (
    EMOJI,
    Clause,
    Pause,
    without_pointers,
)
from crossover.mapping.titles.cuts import (
    Token,
    drop_loose_end,
    find_cuts,
    find_phrases,
    find_tokens,
)
from crossover.mapping.titles.languages import Language
from crossover.mapping.titles.leads import (
    is_hollow,
    is_no_title,
    is_poor,
)
from crossover.mapping.titles.wording import polish_title
from crossover.text import half_units

MOST_BEGINNINGS = 4
"""Of a caption, the sentences in which a title may begin."""
ENOUGH = 72.0
"""What a candidate is worth at least beside which none is looked for that ends with "…"."""
_FAR = 64
"""Characters behind which no word of a title lies that begins here."""


class Way(Enum):
    """How a candidate is made, with what that is worth."""

    WHOLE = 100
    SHAVED = 94
    CUT = 74
    QUESTION = 68
    PHRASE = 60
    BROKEN = 34


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A possible title. Where it is whole clauses, the words of the last end at `words_end`."""

    text: str
    way: Way
    score: float
    words_end: int = 0


_SHORT = {Way.CUT: 20, Way.PHRASE: 20}
"""Halves below which a part of a sentence seldom says enough."""
_NAME = regex.compile(r"\p{Lu}[\p{Ll}'’]+$")
"""A word of a name: `Taylor`."""
_WORD_BEHIND = regex.compile(r" (?=\p{Lu}[\p{Ll}'’])")
_LABEL = regex.compile(r"(?:【[^】\n]*】|\[[^\]\n]{1,12}\]) ?")
_LOOSE = regex.compile(r"[^\p{L}\p{M}\p{N}%$€£¥+°)\]\"”»'!?]+$")
_QUOTATION = regex.compile(rf"(?:\"[^\"\n]+\"|“[^”\n]+”|«[^»\n]+»|「[^」\n]+」)(?: ?{EMOJI})*")
_OPENING_MARKS = regex.compile(r"[¿¡\"“*]+ ?")


def find_candidates(text: str, language: Language, halves: int) -> list[TitleCandidate]:
    """Find the possible titles of `halves` at most, the best first, each wording once."""
    best: dict[str, TitleCandidate] = {}
    for candidate in _Finder(text, language, halves).find():
        known = best.get(candidate.text.casefold())
        if known is None or candidate.score > known.score:
            best[candidate.text.casefold()] = candidate
    return sorted(best.values(), key=lambda candidate: -candidate.score)


class _Finder:
    """Looks through one caption."""

    def __init__(self, text: str, language: Language, halves: int) -> None:
        self._caption = CaptionClauses(text, language)
        self._language = language
        self._most = halves

    def find(self) -> Iterator[TitleCandidate]:
        """Yield the candidates, sentence by sentence."""
        place, some = 0, False
        for index in range(self._caption.first, len(self._caption.clauses)):
            if not self._may_begin(index, place):
                continue
            found = list(self._begin_at(index, self._cost_of(index, place), first=not some))
            yield from found
            some = some or bool(found)
            # A bare `Part 3` or `POV` does not push back what follows it.
            place += bool(found) or not self._caption.labels[index]
            if place == MOST_BEGINNINGS:
                return

    def _may_begin(self, index: int, place: int) -> bool:
        """Whether a title may begin here: not within a sentence, unless what of it stands before is
        no title, nor with thanks or a list behind something better."""
        if self._caption.closed[index]:
            return False
        if index == self._caption.first:
            return True
        before = self._caption.clauses[index - 1]
        if self._caption.follows_denial(index) or self._caption.leans_back(index):
            return False
        if before.kind in (Pause.COMMA, Pause.BRACKET):
            return self._caption.closed[index - 1]
        if not place:
            return True
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
        cost: float = 16 if self._language.wide else 32
        if before.kind is Pause.COLON and half_units(self._caption.words[index - 1]) < 20:
            cost = 10
        elif before.kind in (Pause.BAR, Pause.COLON):
            cost -= 6
        if self._language.wide and half_units(self._caption.words[index]) < 24:
            cost += 15
        return cost + 10 * (place - 1) + (25 if clause.listed else 0)

    def _begin_at(self, index: int, cost: float, *, first: bool) -> Iterator[TitleCandidate]:
        """Yield what begins with a clause; parts of it only of the `first` that has any."""
        clause = self._caption.clauses[index]
        whole = list(self._run(index, clause.start, Way.WHOLE, cost))
        yield from whole
        if any(c.score > Way.WHOLE.value - cost for c in whole) or not first:
            return
        end = self._caption.sentence_end(index)
        opening = self._language.openings.match(self._caption.text, clause.start, end)
        starts = self._shaved_starts(clause.start, end)
        if not (opening and starts):  # "Did you know that you can" is nothing by itself
            starts.insert(0, (clause.start, 0.0))
        found = list(self._quote(clause.start, end, cost))
        for start, shaved in starts:
            if start != clause.start:
                found += self._run(index, start, Way.SHAVED, cost + shaved)
            if self._language.spaced:
                found += self._cut(start, end, cost + shaved, shaved=start != clause.start)
        yield from found
        if self._language.spaced:
            yield from self._phrases(clause.start, end, cost)
            if all(one.score < ENOUGH for one in found):
                for start, shaved in dict.fromkeys((starts[0], starts[-1])):
                    yield from self._break(start, end, cost + 2 * shaved)

    # --- whole clauses ----------------------------------------------------------------------

    def _run(self, index: int, start: int, way: Way, cost: float) -> Iterator[TitleCandidate]:
        """Yield what begins at `start` and ends at a pause, as far as it fits."""
        dangles = start == self._caption.clauses[index].start and self._caption.dangles(start)
        crossed = 0
        over_emoji = False
        for place in range(index, len(self._caption.clauses)):
            clause = self._caption.clauses[place]
            if place > index and (self._caption.closed[place] or clause.listed):
                return
            so_far = half_units(self._caption.text[start : clause.end])
            if so_far > self._most + 2:
                return
            hard = self._caption.is_hard(place, index)
            strong = hard or clause.kind >= Pause.EMOJI
            alone = place == index and self._caption.labels[index]
            # "A week of lunches 🥗 Monday: …": what an emoji parts, a colon does not end.
            if (
                (strong or not crossed)
                and not alone
                and not (over_emoji and clause.kind is Pause.COLON)
            ):
                worth = way.value - cost - 3 * crossed - (4 if dangles else 0)
                if clause.kind is Pause.COMMA:
                    worth -= 60 if dangles else 22 if so_far < 2 * SHORTEST else 10
                elif clause.kind is Pause.COLON:
                    worth -= 16 if so_far < 20 else 4
                elif not hard and clause.kind is Pause.EMOJI:
                    worth -= 30 if self._caption.goes_on(place) or so_far < SHORTEST else 6
                yield from self._end_at(index, start, clause, way, worth)
            if hard:
                return
            crossed += clause.kind is Pause.STOP
            over_emoji = over_emoji or bool(clause.emoji)

    def _end_at(
        self, index: int, start: int, clause: Clause, way: Way, worth: float
    ) -> Iterator[TitleCandidate]:
        """Yield the longest that fits of the words with their marks and emoji."""
        words = self._caption.text[start : clause.end]
        if clause.bracket_end:
            yield from self._make(
                self._caption.text[start : clause.bracket_end], way, worth - 2, clause.bracket_end
            )
        # A question that lost its beginning has lost its `¿` too.
        opening = self._caption.clauses[index].start
        marks = "" if self._caption.text[opening] in "¿¡" and start > opening else clause.marks
        signs = without_pointers(clause.emoji)
        between = self._caption.text[clause.end + len(clause.marks) : clause.emoji_start]
        gap = " " if signs and (between.strip(" ") or " " in between) else ""
        endings = [marks + gap + "".join(signs[:n]) for n in range(len(signs), 0, -1)]
        for ending in (*endings, marks, ""):
            made = list(self._make(words + ending, way, worth, clause.end))
            if made:
                yield from made
                return

    def _make(
        self, words: str, way: Way, worth: float, words_end: int = 0
    ) -> Iterator[TitleCandidate]:
        """Yield the wording of a candidate where it can be a title and fits."""
        if half_units(words) > self._most + 8 and "@" not in words:
            return
        title = polish_title(words, self._language, cut=way not in (Way.WHOLE, Way.SHAVED))
        halves = half_units(title)
        if not title or halves > self._most or is_no_title(title, self._language):
            return
        if way is not Way.BROKEN and is_hollow(title, self._language):
            return
        each = 0.8 if way is Way.CUT else 0.5  # the latest cut that fits is best
        score = worth + each * halves - (28 if halves < SHORTEST else 0)
        yield TitleCandidate(title, way, score - (20 if halves < 7 else 0), words_end)

    # --- what begins later, ends earlier ----------------------------------------------------

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

    def _cut(self, start: int, end: int, cost: float, *, shaved: bool) -> Iterator[TitleCandidate]:
        tokens = find_tokens(self._caption.text, start, min(end, start + _FAR))
        cost += 14 if self._caption.dangles(start) else 0
        asks = "?" in self._caption.text[start : end + 1]
        if self._caption.denies_late(start, end):
            return
        for cut in find_cuts(tokens, self._language, asks=asks):
            weak = 6 if cut.weak else 0
            yield from self._shorten(tokens[: cut.behind], Way.CUT, cost + weak)
        if shaved and len(tokens) > 2 and self._language.hanging.match(tokens[-1].word):
            yield from self._shorten(tokens[:-1], Way.CUT, cost)

    def _quote(self, start: int, end: int, cost: float) -> Iterator[TitleCandidate]:
        """Yield whole quotations, with the emoji behind them."""
        for found in _QUOTATION.finditer(
            self._caption.text, start, min(len(self._caption.text), end + 24)
        ):
            if self._caption.is_turned(start, found.start(), found.end(), end):
                return
            for made in self._make(found.group(), Way.QUESTION, Way.QUESTION.value - cost):
                if half_units(made.text) >= SHORTEST:
                    yield made

    def _phrases(self, start: int, end: int, cost: float) -> Iterator[TitleCandidate]:
        for clause in self._caption.clauses:
            if not start <= clause.start < min(end, start + 2 * _FAR):
                continue
            tokens = find_tokens(self._caption.text, max(start, clause.start), clause.end)
            for found in find_phrases(tokens, self._language):
                first, last = tokens[found.first], tokens[found.behind - 1]
                if self._caption.is_turned(start, first.start, last.end, end):
                    continue
                # "in den Sommerferien wirklich mache": the verb belongs to what stands before.
                if self._language.denies_late and found.weak and found.behind == len(tokens):
                    continue
                way = Way.QUESTION if found.asks else Way.PHRASE
                later = 0 if found.asks else 4 + (first.start - start) / 10
                worth = cost + later + (12 if found.weak else 0)
                worth += 6 if found.behind < len(tokens) else 0
                yield from self._shorten(tokens[found.first : found.behind], way, worth)

    def _break(self, start: int, end: int, cost: float) -> Iterator[TitleCandidate]:
        tokens = find_tokens(self._caption.text, start, min(end, start + _FAR))
        if self._caption.denies(start, end):
            for found in find_cuts(tokens, self._language, asks=False, turned=True):
                if not self._caption.denies(start, tokens[found.behind - 1].end):
                    continue
                yield from self._shorten(tokens[: found.behind], Way.BROKEN, cost - 8, "…")
        for count in range(len(tokens) - 1, 1, -1):
            if half_units(self._caption.text[start : tokens[count - 1].end]) + 2 <= self._most:
                yield from self._shorten(tokens[:count], Way.BROKEN, cost, "…")
                return

    def _shorten(
        self, tokens: Sequence[Token], way: Way, cost: float, ellipsis: str = ""
    ) -> Iterator[TitleCandidate]:
        """Yield the words unless the last must not stand there; with an `ellipsis` what stands before
        that."""
        whole = len(tokens)
        tokens = tokens[: self._end_of_names(tokens)]
        count = drop_loose_end(tokens, self._language, broken=bool(ellipsis))
        if not count or (count < whole and not ellipsis):
            return
        words = _LOOSE.sub("", self._caption.text[tokens[0].start : tokens[count - 1].end])
        halves = half_units(words)
        if halves < (18 if self._language.wide else SHORTEST):
            return
        short = 40 if halves < _SHORT.get(way, 0) else 0
        yield from self._make(words + ellipsis, way, way.value - cost - short)

    def _end_of_names(self, tokens: Sequence[Token]) -> int:
        """Count the words that are left without a name at their end that goes on behind them
        ("her first Taylor | Swift concert")."""
        count = len(tokens)
        following = _WORD_BEHIND.match(self._caption.text, tokens[-1].end) if tokens else None
        if following is None or self._language.code == "de":
            return count
        while count and _NAME.match(
            self._caption.text, tokens[count - 1].start, tokens[count - 1].end
        ):
            count -= 1
        return count
