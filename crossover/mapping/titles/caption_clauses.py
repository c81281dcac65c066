"""The clauses of one caption, and what each is to the others: where a sentence ends, what leans on
what stands before, and which words turn the sense of what follows."""

from __future__ import annotations

import regex

from crossover.mapping.titles.clauses import Clause, Pause, split_clauses
from crossover.mapping.titles.cuts import find_tokens
from crossover.mapping.titles.hidden import hide_what_is_no_words
from crossover.mapping.titles.languages import Language
from crossover.mapping.titles.leads import (
    find_series,
    is_frame,
    is_hollow,
    is_meme_line,
    is_no_title,
    is_opener,
)
from crossover.text import half_units

MOST_CLAUSES = 24
"""Of a caption, those in which a title is looked for."""
SHORTEST = 12
"""Halves of title units that stand well by themselves."""
_LOWER = regex.compile(r"\p{Ll}")


class CaptionClauses:
    """A caption taken apart. `words` are those of each clause, `closed` tells which can be no title,
    `labels` which are only a series mark or a frame, `openers` which only open what follows;
    `first` is the first to look at."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = hide_what_is_no_words(text)
        self.language = language
        self.clauses = split_clauses(self.text)[:MOST_CLAUSES]
        self.words = [self.text[c.start : c.end] for c in self.clauses]
        self.closed = [
            is_no_title(words, language) or is_hollow(words, language) for words in self.words
        ]
        self.labels = [
            find_series(words, language) is not None or is_frame(words, language)
            for words in self.words
        ]
        self.openers = [self._opens(place) for place in range(len(self.clauses))]
        self.first = self._find_first()

    def _opens(self, place: int) -> bool:
        """Whether a clause is a lone "Finally!" with something behind it that could be a title, not
        "For my mum, who …"."""
        if not is_opener(self.words[place], self.language):
            return False
        following = [word.split(maxsplit=1)[0].casefold() for word in self.words[place + 1 :][:1]]
        leans = self.language.clause_openers | self.language.dangling
        if self.clauses[place].kind is Pause.COMMA and not leans.isdisjoint(following):
            return False
        behind = zip(self.closed[place + 1 :], self.labels[place + 1 :], strict=True)
        return not all(map(any, behind))

    def _find_first(self) -> int:
        """Find the first clause to look at: behind `no one:` only the last line counts."""
        memes = [
            place
            for place, clause in enumerate(self.clauses)
            if ":" in self.text[clause.end : clause.border_end]
            and is_meme_line(self.words[place], self.language)
        ]
        if not memes:
            return 0
        lines = [p for p, c in enumerate(self.clauses) if c.kind is Pause.LINE]
        return max(memes[-1] + 1, lines[-2] + 1 if len(lines) > 1 else 0)

    def follows_denial(self, index: int) -> bool:
        """Whether a clause goes on with a sentence in which a "never" or "don't" stands before."""
        place = index
        while place > self.first and self.clauses[place - 1].kind < Pause.BAR:
            place -= 1
        start = self.clauses[index].start
        if place > self.first and self.clauses[place - 1].kind is Pause.EMOJI:
            goes_on = _LOWER.match(self.text, start) is not None
            place -= goes_on and self.clauses[place - 1].marks == ""
        return self.denies(self.clauses[place].start, start)

    def leans_back(self, index: int) -> bool:
        """Whether a clause behind an emoji, a colon or a bar is but the tail of what stands before:
        "without a lamp", "and that's what changed"."""
        before, clause = self.clauses[index - 1], self.words[index]
        if before.kind > Pause.EMOJI or before.marks or not self.language.spaced:
            return False
        word = clause.split(maxsplit=1)[0].casefold()
        language = self.language
        tail = language.leaning or language.weak_connectors | language.denials
        return word in tail and clause[0] == clause[0].lower()

    def denies(self, start: int, end: int) -> bool:
        """Whether a word between two places turns the sense of its sentence: not one that a filler
        or an "I can't believe" begins with."""
        for pattern in (self.language.fillers, self.language.marvels):
            found = pattern.match(self.text, start)
            start = found.end() if found else start
        if not self.language.spaced:
            return self.language.turning.search(self.text, start, end) is not None
        return any(self.language.denies(token.word) for token in find_tokens(self.text, start, end))

    def denies_late(self, start: int, end: int) -> bool:
        """Whether a "not" between two places denies what stands before it: up to an "and", behind
        which another clause begins."""
        if not self.language.denies_late:
            return False
        tokens = find_tokens(self.text, start, end)
        for place, token in enumerate(tokens):
            if token.word in self.language.negations:
                return True
            if token.word in self.language.adverbials:
                return False
            if any(
                f"{token.word}_{t.word}" in self.language.connectors
                for t in tokens[place + 1 : place + 2]
            ):
                return False
        return False

    def is_turned(self, start: int, first: int, behind: int, end: int) -> bool:
        """Whether words out of a sentence have lost its "never" or "don't", and so say the
        opposite."""
        return self.denies(start, first) or self.denies_late(behind, end)

    def sentence_end(self, index: int) -> int:
        """Find where the sentence of a clause ends, as a place in the text."""
        for place in range(index, len(self.clauses)):
            clause = self.clauses[place]
            if clause.kind in (Pause.BAR, Pause.STOP) or self.is_hard(place, index):
                return clause.end
            if place + 1 < len(self.clauses) and self.closed[place + 1]:
                return clause.end
        return self.clauses[-1].end

    def is_hard(self, place: int, index: int) -> bool:
        """Whether a title from `index` on ends here at the latest: a line end, or emoji that do not
        stand within a sentence ("I ❤️ my job")."""
        clause = self.clauses[place]
        if clause.kind is Pause.LINE or place + 1 == len(self.clauses):
            return True
        if not clause.emoji or clause.kind is Pause.STOP:
            return bool(clause.emoji)
        if self.closed[place + 1]:
            return True
        if self.goes_on(place):
            return False
        so_far = self.text[self.clauses[index].start : clause.end]
        return min(half_units(so_far), half_units(self.words[place + 1])) >= SHORTEST

    def goes_on(self, place: int) -> bool:
        """Whether the next clause begins with a word that joins it to this one, or this one ends
        with such a word."""
        if self.ends_joined(place):
            return True
        following = self.words[place + 1]
        word = following.split(maxsplit=1)[0].casefold()
        return word in self.language.continuing and _LOWER.match(following) is not None

    def asks(self, index: int) -> bool:
        """Whether a clause is a question, or the end of one."""
        return any(sign in "?？؟;" for sign in self.clauses[index].marks)

    def leans_on(self, index: int) -> bool:
        """Whether a clause that ends with a comma leans on the next: "看完的52本書裡，", "弾いてたら、"."""
        return (
            self.clauses[index].kind is Pause.COMMA
            and self.language.leaning_clause.match(self.words[index]) is not None
        )

    def ends_small(self, index: int) -> bool:
        """Whether a clause ends on a word that leans on what stood before: "रूखे बालों के लिए"."""
        if not self.language.head_final or not self.language.spaced:
            return False
        return self.words[index].rsplit(maxsplit=1)[-1] in self.language.small

    def is_asked_of(self, place: int) -> bool:
        """Whether a clause says what the question behind its colon is about: "Lisbon in 48 hours:
        what to eat"."""
        if self.clauses[place].kind is not Pause.COLON or self.labels[place]:
            return False
        following = self.words[place + 1 : place + 2]
        return bool(following) and self.language.asked_of_subject.match(following[0]) is not None

    def announces(self, place: int) -> bool:
        """Whether the next clause is what this one knows or says: "er beschließt, dass …"."""
        following = self.words[place + 1 : place + 2]
        return bool(following) and (
            following[0].split(maxsplit=1)[0].casefold() in self.language.announced
        )

    def clause_at(self, start: int, index: int) -> int:
        """Find the clause, `index` or one behind it, that a place in the text lies in."""
        while index + 1 < len(self.clauses) and self.clauses[index + 1].start <= start:
            index += 1
        return index

    def ends_joined(self, place: int, *, dangling: bool = False) -> bool:
        """Whether a clause ends with a word that joins it to the next; with `dangling` also one
        like "before"."""
        last = self.words[place].rsplit(maxsplit=1)[-1].casefold()
        language = self.language
        return (
            last in language.weak_connectors
            or last in language.determiners
            or (dangling and last in language.dangling)
        )

    def ends_incomplete(self, place: int) -> bool:
        """Whether a clause ends on a word that needs what follows: "mówię, który …"."""
        last = self.words[place].rsplit(maxsplit=1)[-1].casefold()
        return self.language.incomplete.match(last) is not None

    def begins_joined(self, place: int) -> bool:
        """Whether a clause begins with a word that joins it to the one before."""
        word = self.words[place].split(maxsplit=1)[0].casefold()
        return word in self.language.weak_connectors

    def ends_on_verb(self, clause: Clause) -> bool:
        """Whether a clause ends on the "habe" of an "ich" at its beginning."""
        last = self.text[clause.start : clause.end].rsplit(maxsplit=1)[-1].casefold()
        return self.language.verb_last and last in self.language.auxiliaries

    def dangles(self, start: int) -> bool:
        """Whether what begins here leans on a clause that follows: "When your toddler asks …", "Did
        you know, …"."""
        if self.language.openings.match(self.text, start):
            return True
        word = self.text[start:].split(maxsplit=1)[0]
        return word.casefold() in self.language.dangling
