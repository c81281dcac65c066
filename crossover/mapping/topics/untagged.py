"""Proposes topics for a caption without hashtags, from its words; better none than a wrong one.

A word or a phrase counts that is a tag of the table of topics: a phrase of several words; a word that
alone tells the subject; a word beside another of its field. Of scripts without blanks, such a word
and three letters or more that are a tag in Japanese, a topic in Chinese.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from crossover.mapping.mentions import remove_mentions
from crossover.mapping.titles.languages import Language, find_language, load_language
from crossover.mapping.topics.table import load_table
from crossover.model.hashtags import fold_tag

MOST_PROPOSED = 3
_LETTERS = 120
"""Of a text, those that tell what it is about. Further on it goes into detail."""
_LONGEST_PHRASE = 4
_LONGEST_UNSPACED = 8
_SHORTEST, _SHORTEST_PHRASE = 3, 6
_SAYS_LITTLE = frozenset({"formats-memes"})
"""Fields whose tags are ordinary words of other sentences: `how to`, `sad`."""
_CLAUSE = regex.compile(r"(?:[^\p{L}\p{M}\p{N}'’\s-]|\n)+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_LATIN = regex.compile(r"[\p{Latin}\p{M}\p{N}'’ -]*\p{Latin}[\p{Latin}\p{M}\p{N}'’ -]*")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_WITHIN = regex.compile(r"[\p{Katakana}ー]{2}|[\p{Latin}\p{N}]{2}|.\p{M}")


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """A Chinese topic, and the words of the caption that it is proposed for."""

    topic: str
    words: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of the caption, and the best topic for them. `is_telling`: they need no others beside
    them."""

    words: str
    topic: str
    field: str
    is_telling: bool


def propose_topics(text: str) -> tuple[ProposedTopic, ...]:
    """Propose the best topic for each of the first things that a text is surely about."""
    text = remove_mentions(text)
    if len(text) > _LETTERS:
        text = text[:_LETTERS].rpartition(" ")[0] or text[:_LETTERS]
    language = find_language(text)
    found = [
        one
        for clause in _CLAUSE.split(text)
        for one in (
            _phrases(clause, language) if language.spaced else _unspaced(clause, language.code)
        )
        if one.topic not in load_table().never_proposed
    ]
    fields = Counter(field for _, field in {(one.topic, one.field) for one in found})
    once: dict[str, ProposedTopic] = {}
    proposed_fields: set[str] = set()
    for one in sorted(found, key=lambda one: not one.is_telling):  # else in their order
        if one.is_telling or (fields[one.field] > 1 and one.field not in proposed_fields):
            once.setdefault(one.topic, ProposedTopic(one.topic, one.words))
            proposed_fields.add(one.field)
    return tuple(once.values())[:MOST_PROPOSED]


def _phrases(clause: str, language: Language) -> Iterator[_Found]:
    """Find tags in a clause whose words stand between blanks, the longest at each place."""
    table, words = load_table(), _WORD.findall(clause)
    folded = [fold_tag(word) for word in words]
    place = 0
    while place < len(words):
        longest = min(_LONGEST_PHRASE, len(words) - place)
        if not table.may_begin("".join(folded[place : place + longest])):
            longest = 0
        for length in range(longest, 0, -1):
            phrase, name = words[place : place + length], "".join(folded[place : place + length])
            row = None
            if len(name) >= (_SHORTEST if length == 1 else _SHORTEST_PHRASE):
                row = table.find_sure(name)
            if row is None or row.field in _SAYS_LITTLE or phrase[0].isdecimal():
                continue
            if not place or not language.denies(words[place - 1].casefold()):  # `no makeup`
                telling = length > 1 or table.is_subject(name, language.code)
                yield _Found(" ".join(phrase), row.chinese[0], row.field, telling)
            place += length - 1
            break
        place += 1


def _unspaced(clause: str, language: str) -> Iterator[_Found]:
    """Find tags in a clause without blanks, and among the Latin words in it."""
    for latin in _LATIN.findall(clause):
        yield from _phrases(latin, load_language("en"))
    table, place = load_table(), 0
    while place < len(clause):
        for length in range(min(_LONGEST_UNSPACED, len(clause) - place), 1, -1):
            run = clause[place : place + length]
            is_subject = table.is_subject(run, language)
            if length < _SHORTEST and not is_subject:
                continue
            row = table.chinese.get(run) if language == "zh" else table.find_sure(run)
            if (row is None or row.field in _SAYS_LITTLE or language == "th") and not is_subject:
                continue
            if not _UNSPACED.search(run) or _splits_word(clause, place, length):
                continue
            topic = run if row is None or language == "zh" else row.chinese[0]
            yield _Found(run, topic, row.field if row else "", is_telling=True)
            place += length - 1
            break
        place += 1


def _splits_word(clause: str, place: int, length: int) -> bool:
    """Whether a run begins or ends inside a word of katakana or of Latin letters, or a letter."""
    return any(
        _WITHIN.fullmatch(clause[edge - 1 : edge + 1]) is not None
        for edge in (place, place + length)
        if 0 < edge < len(clause)
    )
