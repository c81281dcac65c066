"""Finds texts with nearly the same words, in about one look at each."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import TypeVar

_SHARE = 0.8
"""So much of the words of two texts together stands in both: of ten words one may be another."""
_FEWEST = 5
"""Texts of fewer words are not compared: "good morning" is nobody's own."""
_MOST_LOOKS = 20
"""So many texts are looked at for one word: a limit for thousands made of the same few words."""
_WORD = re.compile(r"[^\W\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]{2,}|[\uac00-\ud7af]+")
_COUNTING_WORDS = """
one two three four five six seven eight nine ten first second third last
monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december
uno dos tres primera segunda lunes martes miércoles jueves viernes sábado domingo
un deux trois lundi mardi mercredi jeudi vendredi samedi dimanche
eins zwei drei montag dienstag mittwoch donnerstag freitag samstag sonntag
terça quarta quinta sexta lunedì martedì mercoledì giovedì venerdì domenica
"""
_COUNTING = frozenset(_COUNTING_WORDS.split())
"""Words that tell one of a series from the next, as numbers do."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class TextWords:
    """The words of a text: each once, in the order of letters, and those that count or are
    numbers."""

    words: frozenset[str]
    ordered: tuple[str, ...]
    numbers: frozenset[str]


NO_WORDS = TextWords(frozenset(), (), frozenset())


def find_similar(texts: Iterable[tuple[Key, str]]) -> Mapping[Key, Key]:
    """Find for each text, in this order, an earlier one with nearly the same words, if there is
    one. Texts with other numbers or days are never alike: "day 3" goes on where "day 2" ended."""
    return find_similar_words((key, read_words(text)) for key, text in texts)


def read_words(text: str) -> TextWords:
    """Read the words of a text, to be compared with others."""
    found = split_words(text)
    numbers = (word for word in found if word in _COUNTING or any(map(str.isdigit, word)))
    return TextWords(found, tuple(sorted(found)), frozenset(numbers))


def find_similar_words(texts: Iterable[tuple[Key, TextWords]]) -> Mapping[Key, Key]:
    """As `find_similar`, of texts whose words were read before."""
    words = {key: found for key, found in texts if len(found.words) >= _FEWEST}
    often = Counter(chain.from_iterable(found.ordered for found in words.values()))
    equal: dict[frozenset[str], Key] = {}
    holders: defaultdict[tuple[frozenset[str], str], list[Key]] = defaultdict(list)
    similar: dict[Key, Key] = {}
    for key, found in words.items():
        first = equal.setdefault(found.words, key)
        if first is not key:
            similar[key] = first
            continue
        # Who shares so many words shares at least one of these, the rarest.
        rarest = sorted(found.ordered, key=often.__getitem__)
        rarest = rarest[: len(rarest) - ceil(_SHARE * len(rarest)) + 1]
        held = [holders[found.numbers, word] for word in rarest]
        for other in chain.from_iterable(held):
            if _are_similar(found.words, words[other].words):
                similar[key] = other
                break
        for keys in held:
            if len(keys) < _MOST_LOOKS:
                keys.append(key)
    return similar


def split_words(text: str) -> frozenset[str]:
    """Split a text into its words, without case and width; of scripts without blanks into pairs of
    letters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    pairs = (
        run[place : place + 2]
        for run in _UNSPACED.findall(plain)
        for place in range(max(1, len(run) - 1))
    )
    return frozenset([*_WORD.findall(plain), *pairs])


def _are_similar(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer, more = sorted((len(one), len(other)))
    if fewer < _SHARE * more:  # too few to share, however many are the same
        return False
    shared = len(one & other)
    return shared >= _SHARE * (len(one) + len(other) - shared)
