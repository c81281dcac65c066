"""Explains what a hashtag becomes, and counts those that the table does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from crossover.mapping.plain_text import clean_text
from crossover.mapping.topics.choose import is_chinese, plain_tag
from crossover.mapping.topics.hashtags import split_hashtags
from crossover.mapping.topics.table import TopicRow, load_table
from crossover.mapping.topics.tag_kinds import TagKind
from crossover.model.choices import Rules
from crossover.model.hashtags import fold_tag

_SHORTEST_PART = 4
"""Letters of a word that a longer tag is told by: `perfume` in `vanillaperfume`."""
_SIMILAR = 0.85
"""How much of two spellings is the same where one may be a slip of the other: `croisant`, but not
`love` for `oven`."""


@dataclass(frozen=True, slots=True)
class TagExplanation:
    """What becomes of a hashtag, by itself: `name` is what it is called away from TikTok, `kind`
    why it is no topic, `yours` what the creator's own table has for it, `rows` what the table has,
    `nearest` the rows that come nearest where it has none."""

    tag: str
    name: str
    kind: TagKind | None
    is_dropped: bool
    yours: tuple[str, ...] | None
    rows: tuple[TopicRow, ...]
    nearest: tuple[TopicRow, ...]

    @property
    def is_known(self) -> bool:
        """Whether it needs nobody's care: it has words, is Chinese already, or is no topic."""
        settled = self.kind is not None or self.is_dropped or self.yours is not None
        return settled or bool(self.rows) or is_chinese(self.name)


def explain_tag(tag: str, rules: Rules) -> TagExplanation:
    """Explain one hashtag; blanks and a `#` in it do not matter."""
    tag = "".join(clean_text(tag).split()).lstrip("#＃")
    plain = plain_tag(tag)
    rows = load_table().find(plain.name)
    return TagExplanation(
        tag=tag,
        name=plain.name,
        kind=plain.kind,
        is_dropped=bool(
            {fold_tag(tag), fold_tag(plain.name)} & set(map(fold_tag, rules.topics_drop))
        ),
        yours=rules.topics_own.get(fold_tag(plain.name)),
        rows=rows,
        nearest=() if rows or plain.kind else nearest_rows(plain.name),
    )


def nearest_rows(tag: str, *, most: int = 3) -> tuple[TopicRow, ...]:
    """Find the rows that come nearest to a tag: of the longest word that it ends or begins with,
    and of similar spelling."""
    name, table = fold_tag(tag), load_table()
    ends = [name[start:] for start in range(1, len(name) - _SHORTEST_PART + 1)]
    begins = [name[:end] for end in range(len(name) - 1, _SHORTEST_PART - 1, -1)]
    parts = sorted([*ends, *begins], key=len, reverse=True)
    found = [row for part in parts for row in table.by_tag.get(part, ())]
    close = get_close_matches(name, list(table.by_tag), most, _SIMILAR)
    found += [row for near in close for row in table.by_tag[near]]
    return tuple(dict.fromkeys(found))[:most]


def count_unknown(captions: Iterable[str], rules: Rules) -> tuple[list[tuple[str, int]], int]:
    """Count the tags of captions that the table does not know, the most frequent first, and how
    many tags there are in all."""
    counted: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for caption in captions:
        for tag in split_hashtags(clean_text(caption)).tags:
            counted[fold_tag(tag)] += 1
            spelling.setdefault(fold_tag(tag), tag)
    unknown = [
        (spelling[name], times)
        for name, times in counted.items()
        if not explain_tag(spelling[name], rules).is_known
    ]
    return sorted(unknown, key=lambda one: (-one[1], one[0])), len(counted)
