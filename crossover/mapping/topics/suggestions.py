"""Suggests topics that a note could have besides its own, for the creator to choose from: more than
are proposed by themselves, and none that the note has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crossover.mapping.topics.choose import plain_tag
from crossover.mapping.topics.hashtags import split_hashtags
from crossover.mapping.topics.table import TopicRow, load_table
from crossover.mapping.topics.untagged import propose_topics
from crossover.model.hashtags import fold_tag

MOST_SUGGESTED = 12


@dataclass(frozen=True, slots=True)
class SuggestedTopic:
    """A topic, and the field of the table that it is of; empty where that is not known."""

    name: str
    field: str


def suggest_topics(
    caption: str, words: str, has: Sequence[str], *, most: int = MOST_SUGGESTED
) -> tuple[SuggestedTopic, ...]:
    """Suggest topics for a note: of the hashtags in the `caption` of its post and of the topics that
    it `has`, what people on RedNote call them; of its `words`, what they are about."""
    seen = {fold_tag(topic) for topic in has}
    found: list[SuggestedTopic] = []
    for one in _find(caption, words, has):
        if fold_tag(one.name) not in seen:
            seen.add(fold_tag(one.name))
            found.append(one)
    return tuple(found[:most])


def _find(caption: str, words: str, has: Sequence[str]) -> Iterator[SuggestedTopic]:
    table = load_table()
    tags = [plain for tag in split_hashtags(caption).tags if not (plain := plain_tag(tag)).kind]
    names = [*dict.fromkeys([*(plain.name for plain in tags), *has])]
    rows = [(name, row) for name in names if (row := _row_of(name)) is not None]
    for name, row in rows:
        yield from _topics_of(row)
        yield SuggestedTopic(name, row.field)
    for proposed in propose_topics(words):
        known = table.chinese.get(proposed.topic)
        yield SuggestedTopic(proposed.topic, known.field if known else "")
        if known:
            yield from _topics_of(known)
    known_names = {name for name, _ in rows}
    yield from (SuggestedTopic(name, "") for name in names if name not in known_names)


def _row_of(name: str) -> TopicRow | None:
    """Find the one row that a tag, or a Chinese topic, is of wherever it stands."""
    table = load_table()
    sure = [row for row in table.find(name) if not row.is_ambiguous]
    return sure[0] if sure else table.chinese.get(name)


def _topics_of(row: TopicRow) -> Iterable[SuggestedTopic]:
    for topic in (*row.chinese, *filter(None, [row.english])):
        yield SuggestedTopic(topic, row.field)
