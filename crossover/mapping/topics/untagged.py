"""Proposes topics for a caption without hashtags, from its words; better none than a wrong one.

A word or a phrase counts that is a tag of the table of topics: a phrase of several words; a word that
alone tells the subject; a word beside another of its field. Of scripts without blanks, three letters
or more that are a tag in Japanese, a topic in Chinese.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from crossover.mapping.mentions import remove_mentions
from crossover.mapping.titles.languages import Language, find_language
from crossover.mapping.topics.table import TopicRow, load_table
from crossover.model.hashtags import fold_tag

MOST_PROPOSED = 3
_LONGEST_PHRASE = 4
_LONGEST_UNSPACED = 8
_SHORTEST, _SHORTEST_PHRASE = 3, 6
_SAYS_LITTLE = frozenset({"formats-memes"})
"""Fields whose tags are ordinary words of other sentences: `how to`, `sad`."""
_CLAUSE = regex.compile(r"(?:[^\p{L}\p{M}\p{N}'’\s-]|\n)+")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_KATAKANA = regex.compile(r"[\p{Katakana}ー]")


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """A Chinese topic, and the words of the caption that it is proposed for."""

    topic: str
    words: str


@dataclass(frozen=True, slots=True)
class _Found:
    """Words of the caption that have a row. `is_telling`: they need no others beside them."""

    words: str
    topic: str
    row: TopicRow
    is_telling: bool


def propose_topics(text: str) -> tuple[ProposedTopic, ...]:
    """Propose the best topic for each of the first things that a text is surely about."""
    text = remove_mentions(text)
    language = find_language(text)
    if language.spaced:
        found = [one for clause in _CLAUSE.split(text) for one in _phrases(clause, language)]
    elif language.code in ("ja", "zh"):
        table = load_table()
        tags = table.chinese if language.code == "zh" else table.by_tag
        found = [one for clause in _CLAUSE.split(text) for one in _runs(clause, tags)]
    else:
        return ()
    rows = {one.row for one in found}
    fields = Counter(row.field for row in rows)
    once: dict[str, ProposedTopic] = {}
    proposed_fields: set[str] = set()
    for one in sorted(found, key=lambda one: not one.is_telling):  # else in their order
        field = one.row.field
        if one.is_telling or (fields[field] > 1 and field not in proposed_fields):
            once.setdefault(one.topic, ProposedTopic(one.topic, one.words))
            proposed_fields.add(field)
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
                yield _Found(" ".join(phrase), row.chinese[0], row, telling)
            place += length - 1
            break
        place += 1


def _runs(clause: str, tags: Mapping[str, TopicRow | tuple[TopicRow, ...]]) -> Iterator[_Found]:
    """Find tags, or Chinese topics, in a clause without blanks, the longest at each place."""
    place = 0
    while place < len(clause):
        for length in range(_LONGEST_UNSPACED, _SHORTEST - 1, -1):
            run = clause[place : place + length]
            if len(run) < length or run not in tags or _splits_katakana(clause, place, length):
                continue
            rows = tags[run]
            row = rows if isinstance(rows, TopicRow) else rows[0]
            if row.is_ambiguous or row.field in _SAYS_LITTLE:
                continue
            topic = run if isinstance(rows, TopicRow) else row.chinese[0]
            yield _Found(run, topic, row, True)
            place += length - 1
            break
        place += 1


def _splits_katakana(clause: str, place: int, length: int) -> bool:
    """Whether a run begins or ends inside a word of katakana."""
    return any(
        _KATAKANA.fullmatch(clause[edge - 1 : edge])
        and _KATAKANA.fullmatch(clause[edge : edge + 1])
        for edge in (place, place + length)
        if 0 < edge < len(clause)
    )
