"""Where a sentence that does not fit may be cut, and what inside it stands by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

from crossover.mapping.titles.languages import Language

_TOKEN = regex.compile(r"\S+")
_BARE = regex.compile(r"^[^\p{L}\p{N}$€£¥#@&]+|[^\p{L}\p{M}\p{N}%$€£¥+°]+$")
_NUMBER = regex.compile(r"[$€£¥]?\d[\d.,:/]*(?:k|m|%|€)?$", regex.IGNORECASE)
_AND = frozenset({"and", "y", "e", "et", "und", "en", "i", "и", "or", "a"})
_TO = frozenset({"nach", "bis", "naar", "tot", "hasta", "до", "do"})
"""What closes a "from …" too."""
_OR = frozenset({"or", "o", "ou", "oder", "of", "или"})
_PAUSES = frozenset(",;:…–—،؛")
_LEAST = 3
"""Words that a part within a sentence has at least before a cut: not "that outperforms"."""
_LEAST_IN_CLAUSE = 5
"""The same where the part is a clause by itself: not "because $400"."""


class Token(NamedTuple):
    """A word of a caption: where it stands, and the bare word without case. `pauses`: a comma or the
    like stands behind it. `capital`: it begins with a capital letter."""

    start: int
    end: int
    word: str
    pauses: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row, by their first token and the one behind the last.

    `weak`: they are less likely to stand by themselves, `loose`: even less. `asks`: they are a
    question.
    """

    first: int
    behind: int
    weak: bool = False
    asks: bool = False
    loose: bool = False


@lru_cache(maxsize=64)  # one sentence is looked at in several ways
def find_tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Find the words between two places."""
    tokens = []
    for found in _TOKEN.finditer(text, start, end):
        word = found.group()
        tokens.append(Token(*found.span(), _bare(word), word[-1] in _PAUSES, word[0].isupper()))
    return tuple(tokens)


def _bare(word: str) -> str:
    if not word.isalnum():
        word = _BARE.sub("", word).replace("’", "'")
    return word.casefold()


def find_cuts(
    tokens: Sequence[Token], language: Language, *, asks: bool, turned: bool = False
) -> Iterator[Stretch]:
    """Find the beginnings that end before a connecting word: behind a "never" or "don't", whose
    sense would turn, only where it is `turned`, and never within "between … and …", "looking for",
    or a choice when the sentence `asks`."""
    open_pairs, next_cut, denied = 0, 0, False
    for place in range(1, len(tokens)):
        before, word = tokens[place - 1].word, tokens[place].word
        denied = denied or (before in language.negations and not turned)
        open_pairs += before in language.pairs
        strength = _connects(tokens, place, language)
        short = place < next_cut or _awaits(tokens, place, language)
        if strength == "clause":
            next_cut = place + _LEAST_IN_CLAUSE
        elif word in language.clause_openers or tokens[place - 1].pauses:
            next_cut = max(next_cut, place + _LEAST)
        if strength is None or short or (denied and not _parts(tokens, place, language)):
            continue
        if open_pairs and (word in _AND or word in _TO):
            open_pairs -= 1
        elif not (asks and word in _OR) or 4 <= place <= len(tokens) - 3:
            yield Stretch(0, place, weak=strength == "weak", loose=strength == "loose")


def _parts(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether another clause begins at a place, so that a "don't" before it is done with."""
    word = tokens[place].word
    pair = f"{word}_{tokens[place + 1].word}" if place + 1 < len(tokens) else word
    return word in language.after_denial or pair in language.after_denial | language.connectors


def _awaits(tokens: Sequence[Token], place: int, language: Language) -> bool:
    """Whether the words before a place need those behind it: "vivere | in", "5 € | pro Monat", "you
    realize | that", "turning … | into"."""
    before, word = tokens[place - 1].word, tokens[place].word
    return (
        (before[:1].isdigit() and word in language.rates)
        or (before in language.question_leads and word in language.question_openers)
        or language.incomplete.match(before) is not None
        or language.inner.match(f"{before} {word} x") is not None
        or any(f"{token.word}_{word}" in language.bound for token in tokens[:place])
    )


def awaits_verb(tokens: Sequence[Token], language: Language) -> bool:
    """Whether it is a clause whose verb comes last, so that none of its beginnings has one: "Was ich
    als Lehrerin …"."""
    return (
        language.verb_last
        and len(tokens) > 1
        and tokens[0].word in language.question_openers | language.dangling
        and tokens[1].word in language.small
    )


def lacks_participle(tokens: Sequence[Token], behind: int, language: Language) -> bool:
    """Whether words that begin with "wir sind" or "man kann" end before the "gefahren" or "gehen" of
    their sentence."""
    if not (language.verb_last and any(t.word in language.auxiliaries for t in tokens[:3])):
        return False
    last = tokens[behind - 1]
    end = next((token for token in tokens[behind:] if token.pauses), tokens[-1])
    ends = end.word.endswith("en") and not end.capital
    return not _is_verb(last, language) and (_is_verb(end, language) or ends)


def find_phrases(tokens: Sequence[Token], language: Language) -> Iterator[Stretch]:
    """Find questions inside ("about how …") and noun phrases, up to the end or a connecting
    word."""
    phrases, inside = 0, False
    for place in range(len(tokens) - 1):
        word, before = tokens[place].word, tokens[place - 1].word if place else ""
        inside = inside or (place > 1 and before in language.clause_openers)
        asks = word in language.question_openers and before in language.question_leads
        following = tokens[place + 1].word
        begins = (
            _NUMBER.match(word)
            and following not in language.prepositions
            and following not in language.weak_connectors
            and before not in language.auxiliaries
            and not language.counted.match(before)
        ) or (
            word in language.determiners
            and (
                following not in language.small
                or (word in language.articles and following in language.determiners)
            )
        )
        if not asks and not (begins and before not in language.determiners and phrases < 3):
            continue
        phrases += not asks
        begin = place
        if word in language.oblique:  # "mit dem | Nachtzug": a noun, but not in this case
            if not tokens[place + 1].capital:
                continue
            begin = place + 1
        # "to the market" is less than "make the viral flatbread".
        weak = not asks and (before in language.prepositions or inside)
        joined = not asks and before in language.weak_connectors
        clause = paired = False
        for behind in (*range(place + 2, len(tokens)), len(tokens)):
            # "from our hostel was worth it" is no phrase: its verb belongs to what stands before.
            if weak and not clause and tokens[behind - 1].word in language.auxiliaries:
                break
            if behind == len(tokens):
                last = behind
                while language.verb_last and last > begin and _is_verb(tokens[last - 1], language):
                    last -= 1
                yield Stretch(begin, last, weak and last == behind, asks)
                break
            clause = clause or tokens[behind].word in language.clause_openers
            paired = paired or tokens[behind - 1].word in language.pairs
            if paired and tokens[behind].word in _AND:
                continue
            ends = not clause and tokens[behind].word in language.phrase_ends
            strength = _connects(tokens, behind, language)
            whole = language.incomplete.match(tokens[behind - 1].word) is None
            if ends or (strength not in (None, "loose") and whole):
                yield Stretch(begin, behind, weak or joined or phrases > 1, asks)
            # "this pot because …": what comes then belongs to the sentence, not to its pot.
            if not asks and strength == "clause":
                break


def _is_verb(token: Token, language: Language) -> bool:
    return not token.capital and language.hanging.match(token.word) is not None


def _connects(tokens: Sequence[Token], place: int, language: Language) -> str | None:
    """Tell how well the words may end before this one: where another "clause" begins, "strong",
    "weak", "loose" (a noun without its "of") or not at all."""
    before, word = tokens[place - 1].word, tokens[place].word
    following = tokens[place + 1].word if place + 1 < len(tokens) else ""
    pair = f"{word}_{following}"
    if f"{before}_{word}" in language.joined or pair in language.joined:
        return None
    if pair in language.connectors:
        return "clause"
    if word in language.connectors:
        return "clause" if word in language.adverbials else "strong"
    if language.pauses.match(f"{before} {word}"):
        return "weak"
    of_noun = word in language.genitives and language.infinitive.match(following) is None
    if of_noun and before not in language.small:
        return "loose"
    if word in language.weak_connectors or pair in language.weak_connectors:
        return "weak"
    return None


def drop_loose_end(tokens: Sequence[Token], language: Language, *, broken: bool) -> int:
    """Count the words that are left without those that must not stand last: small words, single
    letters, and in a `broken` clause a number, whose unit may follow."""
    count = len(tokens)
    while count:
        word = tokens[count - 1].word
        letter = len(word) == 1 and word.isascii() and word.isalpha()
        if word and not (
            word in language.small
            or letter
            or (broken and _NUMBER.match(word) is not None)
            or (broken and language.adjectives.match(word) is not None)
        ):
            break
        count -= 1
    return count
