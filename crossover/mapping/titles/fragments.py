"""Titles that are part of a sentence which does not fit: its beginning up to a connecting word, a
noun phrase or quotation inside, its end where the end carries the sense, its beginning with "…"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from crossover.mapping.titles.caption_clauses import SHORTEST
from crossover.mapping.titles.clauses import EMOJI, Pause
from crossover.mapping.titles.cuts import (
    Token,
    awaits_verb,
    drop_loose_end,
    find_cuts,
    find_phrases,
    find_tokens,
    lacks_participle,
)
from crossover.mapping.titles.languages import Language
from crossover.mapping.titles.leads import is_detail
from crossover.mapping.titles.ways import Search, TitleCandidate, Way
from crossover.text import half_units

_FAR = 64
"""Characters behind which no word of a title lies that begins here."""
_LEAST_WIDE = 18
"""Halves that a part without an emoji has at least where each letter is a unit."""
_ANOTHER_CLAUSE = 40
"""Characters behind which a quotation is most often of another clause."""
_LEAST_TAIL = 16
"""Halves that the end of a sentence has at least."""
_PLAIN_VERB = regex.compile(r"\p{Han}+\p{Hiragana}{0,2}[るうくすつむぶぐ](?=[\p{Han}\p{Katakana}])")
"""Of Japanese, a verb that describes what follows: without its object it says nothing."""
_NAME = regex.compile(r"\p{Lu}[\p{Ll}'’]+$")
"""A word of a name: `Taylor`."""
_WORD_BEHIND = regex.compile(r" (?=\p{Lu}[\p{Ll}'’])")
_LOOSE = regex.compile(r"[^\p{L}\p{M}\p{N}%$€£¥+°)\]\"”»'!?]+$")
_QUOTATION = regex.compile(
    rf"(?:\"[^\"\n]+\"|“[^”\n]+”|„[^“”\n]+[“”]|«[^»\n]+»|「[^」\n]+」)(?: ?{EMOJI})*"
)
_SIGN = regex.compile(rf"[^\n.!?。！？]*?({EMOJI})")
_BLANK = regex.compile(r"(?<=\S)[ \u3000]+(?=\S)")
_ASKS = frozenset("?？؟;")
_PARTICLE = regex.compile(
    r"(?<=[\p{Han}\p{Katakana}ー々\d])(?:から|[がはで])(?=[\p{Han}\p{Katakana}\d])"
)
"""Of Japanese, what a phrase ends with: behind it begins another."""


def find_beginnings(
    search: Search, start: int, end: int, cost: float, *, shaved: bool
) -> Iterator[TitleCandidate]:
    """Yield what begins at `start` and ends before a connecting word."""
    caption, language = search.caption, search.caption.language
    tokens = find_tokens(caption.text, start, min(end, start + _FAR))
    cost += 14 if caption.dangles(start) else 0
    asks = any(sign in _ASKS for sign in caption.text[start : end + 2])
    if awaits_verb(tokens, language):
        return
    cost += 20 if asks else 0
    turned = not caption.denies(start, end)  # "What nobody tells you" turns nothing
    for cut in find_cuts(tokens, language, asks=asks, turned=turned):
        weak = 4 if cut.weak else 14 if cut.loose else 0
        following = tokens[cut.behind]
        if caption.denies_late(following.start, end):
            continue
        weak += 4 if following.word in language.absences else 0
        if cut.behind == 1 and weak:
            continue
        weak += 30 if lacks_participle(tokens, cut.behind, language) else 0
        yield from _shorten(search, tokens[: cut.behind], Way.CUT, cost + weak)
    if not shaved or caption.denies_late(start, end):
        return
    for count in range(len(tokens), 2, -1):
        if not language.hanging.match(tokens[count - 1].word):
            return
        yield from _shorten(search, tokens[: count - 1], Way.CUT, cost)


def find_quotations(search: Search, start: int, end: int, cost: float) -> Iterator[TitleCandidate]:
    """Yield whole quotations, with the emoji behind them."""
    caption, language = search.caption, search.caption.language
    found = _QUOTATION.search(caption.text, start, min(len(caption.text), end + 24))
    if found is None:
        return
    behind = find_tokens(caption.text, found.end(), end)[:2]
    denied = any(token.word in language.negations for token in behind)
    if denied or caption.is_turned(start, found.start(), found.end(), end):
        return
    quoted = [t for t in find_tokens(caption.text, found.start(), found.end()) if t.word]
    # Adopted two cats "for a weekend"; when I say the word "bath"
    if len(quoted) < 1 + language.spaced or language.leads_adverbial(quoted[0].word):
        return
    far = 14 if found.start() - start > _ANOTHER_CLAUSE else 0
    for made in search.make(found.group(), Way.QUOTATION, Way.QUOTATION.value - cost - far):
        if half_units(made.text) >= SHORTEST:
            yield made


def find_noun_phrases(
    search: Search, start: int, end: int, cost: float
) -> Iterator[TitleCandidate]:
    """Yield noun phrases and questions inside."""
    caption, language = search.caption, search.caption.language
    for clause in caption.clauses:
        if not start <= clause.start < min(end, start + 2 * _FAR):
            continue
        tokens = find_tokens(caption.text, max(start, clause.start), clause.end)
        for found in find_phrases(tokens, language):
            first, last = tokens[found.first], tokens[found.behind - 1]
            if caption.is_turned(start, first.start, last.end, end):
                continue
            # "in den Sommerferien wirklich mache": the verb belongs to what stands before.
            if language.denies_late and found.weak and found.behind == len(tokens):
                continue
            if caption.denies_late(first.start, last.end):
                continue
            way = Way.QUESTION if found.asks else Way.PHRASE
            later = 0 if found.asks else 4 + (first.start - start) / 10
            number = first.word[:1].isdigit()
            worth = cost + later + (18 if found.weak and number else 12 if found.weak else 0)
            worth += 6 if found.behind < len(tokens) else 0
            # "por | tu piel cuesta 3 euros": its verb, too, belongs to what stands before.
            words = [token.word for token in tokens[found.first : found.behind]]
            over = found.behind == len(tokens) and len(words) > 3
            if found.weak and over and not number and language.clause_openers.isdisjoint(words):
                worth += 14
            yield from _shorten(search, tokens[found.first : found.behind], way, worth)


def find_tail_starts(
    search: Search, index: int, *, fits: bool, asks: bool
) -> Iterator[tuple[int, float]]:
    """Yield where the end of a sentence may begin, and what that costs: in a language whose
    sentences end with what they say, of a question that `asks`, and behind a subject. Where its
    first clause `fits`, only another clause may be the end."""
    caption, language = search.caption, search.caption.language
    start, last = caption.clauses[index].start, index
    while caption.clauses[last].kind is Pause.COMMA and last + 1 < len(caption.clauses):
        last += 1
    end = caption.clauses[last].end
    if caption.denies(start, end) or caption.denies_late(start, end):
        return
    if language.head_final and language.adverbial_end.match(caption.words[last]) is None:
        cost = 0.0 if is_detail(caption.words[index]) else 24.0
        for place in range(index + 1, last + 1):
            if not is_detail(caption.words[place]):
                yield caption.clauses[place].start, cost
    if fits:
        return
    end = caption.clauses[index].end
    if not language.spaced:
        if language.head_final:
            for found in _PARTICLE.finditer(caption.text, start, end):
                if _PLAIN_VERB.match(caption.text, found.end()) is None:
                    yield found.end(), 0.0
        return
    tokens = find_tokens(caption.text, start, end)
    for place in range(1, len(tokens)):
        token, before = tokens[place], tokens[place - 1].word
        if half_units(caption.text[token.start : end]) < _LEAST_TAIL:
            return
        following = tokens[place + 1].word if place + 1 < len(tokens) else ""
        enough = asks and half_units(caption.text[token.start : end]) >= 24
        if language.head_final and language.adverbial_end.match(tokens[-1].word) is None:
            counted = before[:1].isdecimal()
            counted = counted or (token.word.isdecimal() and before in language.small)
            if token.word and token.word not in language.small and not counted:
                yield token.start, 0.0
        elif language.tail_starts.match(token.word) and before not in language.leaning:
            yield token.start, 8.0
        elif enough and _begins_question(token.word, following, language):
            yield token.start, 10.0


def _begins_question(word: str, following: str, language: Language) -> bool:
    """Whether the end of a question may begin with a word: "… für 400 € wohnen?"."""
    if language.verb_last:
        return language.leads_adverbial(word)
    if word in language.question_tails:
        return True
    return word in language.determiners and following not in language.determiners


def find_unlabelled(search: Search, index: int) -> Iterator[TitleCandidate]:
    """Yield the end of a clause without a label that it ends with: "김치볶음밥 | 만드는 법"."""
    caption, language = search.caption, search.caption.language
    clause = caption.clauses[index]
    if not (language.head_final and language.spaced):
        return
    label = language.end_labels.search(caption.words[index])
    if label is None or caption.denies(clause.start, clause.end):
        return
    tokens = find_tokens(caption.text, clause.start, clause.start + label.start())
    if tokens and tokens[-1].word in language.small:  # "… नौकरी के साथ": with what goes too
        count = drop_loose_end(tokens, language, broken=False)
        tokens = tokens[: max(0, count - 1)]
    if not tokens or tokens[-1].word in language.small:
        return
    for place, token in enumerate(tokens):
        if token.word not in language.small and not tokens[place - 1].word[:1].isdecimal():
            yield from _shorten(search, tokens[place:], Way.CUT, -10 if place else -16)


def find_blanks(search: Search, start: int, end: int, cost: float) -> Iterator[TitleCandidate]:
    """Yield the longest beginning up to a blank, where blanks do not part words."""
    caption = search.caption
    if caption.language.spaced:
        return
    blanks = (found.start() for found in _BLANK.finditer(caption.text, start, end))
    fitting = [
        p for p in blanks if 2 * SHORTEST <= half_units(caption.text[start:p]) <= search.most
    ]
    if fitting:
        yield from search.make(caption.text[start : fitting[-1]], Way.CUT, Way.CUT.value - cost)


def find_broken(search: Search, start: int, end: int, cost: float) -> Iterator[TitleCandidate]:
    """Yield the longest beginning that fits with "…"."""
    caption, language = search.caption, search.caption.language
    tokens = find_tokens(caption.text, start, min(end, start + _FAR))
    if caption.denies(start, end):
        for found in find_cuts(tokens, language, asks=False, turned=True):
            if not caption.denies(start, tokens[found.behind - 1].end):
                continue
            yield from _shorten(search, tokens[: found.behind], Way.BROKEN, cost - 8, "…")
    for count in range(len(tokens) - 1, 1, -1):
        if half_units(caption.text[start : tokens[count - 1].end]) + 2 <= search.most:
            yield from _shorten(search, tokens[:count], Way.BROKEN, cost, "…")
            return


def _shorten(
    search: Search, tokens: Sequence[Token], way: Way, cost: float, ellipsis: str = ""
) -> Iterator[TitleCandidate]:
    """Yield the words unless the last must not stand there; with an `ellipsis` what stands before
    that."""
    caption, language = search.caption, search.caption.language
    whole = len(tokens)
    tokens = tokens[: _end_of_names(search, tokens)]
    count = drop_loose_end(tokens, language, broken=bool(ellipsis))
    if not count or (count < whole and not ellipsis):
        return
    words = _LOOSE.sub("", caption.text[tokens[0].start : tokens[count - 1].end])
    halves = half_units(words)
    said = sum(
        token.word not in language.small or token.word in language.negations
        for token in tokens[:count]
    )
    worth = way.value - cost - _thinness(way, said, halves, wide=language.wide)
    if not language.wide:
        if halves >= SHORTEST and not (ellipsis and said < 2):
            yield from search.make(words + ellipsis, way, worth)
        return
    if ellipsis and said < 2 and not (said and count == 2 and halves >= 20):
        return
    sign = _SIGN.match(caption.text, tokens[-1].end, tokens[-1].end + 2 * _FAR)
    if halves < _LEAST_WIDE:
        # "Свеча 🕯️": of few letters a lone noun, or two words, with the emoji of the sentence.
        noun = said == 1 and language.tail_starts.match(tokens[count - 1].word) is None
        if not (sign and way is Way.CUT and (noun or said > 1)):
            return
        worth += 6 if noun else -30
    # Twenty letters are few: an emoji says more than "…" there.
    turns = ellipsis if caption.denies(tokens[0].start, tokens[-1].end + _FAR) else ""
    with_sign = list(search.make(f"{words} {sign[1]}", way, worth)) if sign and not turns else []
    if with_sign or halves >= _LEAST_WIDE:
        yield from with_sign or search.make(words + turns, way, worth)


def _thinness(way: Way, said: int, halves: int, *, wide: bool) -> float:
    """What it costs that a part of a sentence says little: by the words that carry sense, and its
    length."""
    if way not in (Way.CUT, Way.PHRASE) or (said > 1 and halves >= (_LEAST_WIDE if wide else 20)):
        return 0
    if said > 1 and halves >= 14:
        return 22 if said == 2 else 6
    return 40


def _end_of_names(search: Search, tokens: Sequence[Token]) -> int:
    """Count the words that are left without a name at their end that goes on behind them ("her
    first Taylor | Swift concert")."""
    text = search.caption.text
    count = len(tokens)
    following = _WORD_BEHIND.match(text, tokens[-1].end) if tokens else None
    if following is None or search.caption.language.code == "de":
        return count
    while count and _NAME.match(text, tokens[count - 1].start, tokens[count - 1].end):
        count -= 1
    return count
