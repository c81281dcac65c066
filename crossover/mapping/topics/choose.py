"""Chooses the topics of one note from the hashtags of its post, and explains every change.

The creator's own table comes first, then the table of topics, as the rule `topics` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import regex

from crossover.mapping.topics.communities import name_community, word_of_community
from crossover.mapping.topics.hashtags import format_hashtags
from crossover.mapping.topics.simplified import simplify
from crossover.mapping.topics.table import TopicRow, load_table
from crossover.mapping.topics.tag_kinds import TagKind, kind_of
from crossover.mapping.topics.untagged import ProposedTopic, propose_topics
from crossover.model.choices import Rules, TopicPolicy, Untagged
from crossover.model.hashtags import fold_tag
from crossover.model.notes import Change

OWN_FIRST = 3
"""So many of the creator's own tags come before the Chinese words for them."""
BEST_FIRST = 2
"""So many Chinese words for a tag come before the rest of the creator's own."""

WHY_DROPPED: Mapping[TagKind, str] = {
    TagKind.PLATFORM: "tags about TikTok mean nothing on RedNote",
    TagKind.ELSEWHERE: "RedNote punishes pointing people to other platforms",
    TagKind.ORDER: "tags that tell people what to do, or which part this is, are no topics",
    TagKind.AD: "advertising is declared, it is no topic",
    TagKind.UNWANTED: "RedNote's filters look for a word in them",
}
_COMMUNITY = "the plain word for a community of TikTok"
_SAME = "the same as another of its tags"
_BY_RULE = "your rules leave these tags out"
_YOURS = "your own table of topics says so"
_LIKELY = "what people on RedNote call it, most likely"
_STANDS_IN = "the Chinese words stand for it, as your rules say"
_FROM_WORDS = "it has no hashtags; what people on RedNote call “{}”, most likely"
_TWO_LETTERS = regex.compile(r"[\p{Latin}\p{N}]{1,2}")
_HAN = regex.compile(r"\p{Han}")
_HAN_LETTER = regex.compile(r"\p{Han}(?<=\p{L})")
_LETTER = regex.compile(r"\p{L}")
_OTHER_SCRIPT = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Hangul}]")

Fits = Callable[[tuple[str, ...]], bool]
"""Whether a note has room for these topics."""


@dataclass(frozen=True, slots=True)
class PlainTag:
    """A hashtag, and what it is called away from TikTok. `kind` says why it is no topic."""

    tag: str
    name: str
    kind: TagKind | None


@lru_cache(maxsize=4096)
def plain_tag(tag: str) -> PlainTag:
    """Find what a tag is called away from TikTok: `dogs` for `dogsoftiktok`, `perros` for
    `perrosdetiktok`, `books` for `booktok`."""
    name = name_community(tag)
    if word := word_of_community(name):
        rows = load_table().find(name)
        if rows:
            is_own = "tiktok" in fold_tag(name) or fold_tag(word) == rows[0].tag
            name = word if is_own else rows[0].tag
    return PlainTag(tag, name, kind_of(name))


def is_unknown_community(tag: str) -> bool:
    """Whether it may be a community of TikTok (`fogtok`) that the table does not know."""
    return word_of_community(tag) is not None and not load_table().find(tag)


def choose_topics(
    tags: Sequence[str], text: str, rules: Rules, *, most: int, fits: Fits
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Choose at most `most` topics, each once, and list what was added and what left out. Chinese
    words are added to a creator's own only where the note `fits` them. `text` is what stands beside
    the tags: without any, topics are proposed from it."""
    once: dict[str, str] = {}
    for tag in tags:
        once.setdefault(tag.casefold(), tag)
    plain = [plain_tag(tag) for tag in once.values()]
    unwanted = {fold_tag(name) for name in rules.topics_drop}
    by_rule = [p for p in plain if not p.kind and {fold_tag(p.tag), fold_tag(p.name)} & unwanted]
    rest = [p for p in plain if not p.kind and p not in by_rule]
    own: dict[str, PlainTag] = {}
    again = [p for p in rest if own.setdefault(_key(p.name, rules), p) is not p]
    names = [p.name for p in own.values()]
    words = TagWords(rules, names, text)
    chosen = _choose(names, words, rules.topics_policy, most, fits)
    proposed = () if names or by_rule else _propose(text, rules, most, fits)
    gone = [name for name in names if name not in chosen]
    replaced = [n for n in gone if rules.topics_policy is TopicPolicy.ZH and words.of(n)]
    beyond = [name for name in gone if name not in replaced]
    changes = (
        *_drop_kinds(plain),
        *_drop([p.tag for p in by_rule], _BY_RULE),
        *_drop([p.tag for p in again], _SAME),
        *(
            Change("topics", f"#{p.tag}", f"#{p.name}", _COMMUNITY)
            for p in own.values()
            if p.tag != p.name
        ),
        *_explain_added(names, chosen, words),
        *_drop(replaced, _STANDS_IN),
        *_drop(beyond, f"a note carries at most {most} topics"),
        *_explain_proposed(proposed),
    )
    return chosen or tuple(one.topic for one in proposed), changes


def _propose(text: str, rules: Rules, most: int, fits: Fits) -> tuple[ProposedTopic, ...]:
    """Propose topics for a text without tags, unless the rules say that only tags count."""
    if rules.topics_policy is TopicPolicy.KEEP or rules.untagged is Untagged.NONE:
        return ()
    unwanted = {fold_tag(name) for name in rules.topics_drop}
    every = [one for one in propose_topics(text) if fold_tag(one.topic) not in unwanted][:most]
    return tuple(every) if fits(tuple(one.topic for one in every)) else ()


def _explain_proposed(proposed: Iterable[ProposedTopic]) -> Iterator[Change]:
    for one in proposed:
        yield Change("topics", "", f"#{one.topic}", _FROM_WORDS.format(one.words))


class TagWords:
    """What the tags of one note are called on RedNote; an ambiguous one as the others tell, one in
    Chinese letters as the `text` beside them does."""

    def __init__(self, rules: Rules, tags: Sequence[str], text: str) -> None:
        self._own = rules.topics_own
        of_tags = " ".join(tags)
        self._may_be_chinese = not _OTHER_SCRIPT.search(text + of_tags)
        said = text if _LETTER.search(text) else of_tags
        han = len(_HAN_LETTER.findall(said)) if self._may_be_chinese else 0
        self._in_chinese = han > 0 and 2 * han > len(_LETTER.findall(said))
        table = None if rules.topics_policy is TopicPolicy.KEEP else load_table()
        self._rows = {tag: table.find(tag) if table else () for tag in tags}
        self._words = {tag: self._find_words(tag, in_table=table is not None) for tag in self._rows}

    def of(self, tag: str) -> tuple[str, ...]:
        """The topics for a tag: of the creator's own table, else Chinese ones in order of fit and
        behind them the English one that is in use."""
        return self._words[tag]

    def _find_words(self, tag: str, *, in_table: bool) -> tuple[str, ...]:
        if self.is_yours(tag):
            return self._own[fold_tag(tag)]
        rows = self._meant(tag)
        if in_table and is_chinese(tag) and (self._in_chinese or not rows):
            # By a writer of Chinese: it needs no other word.
            return (simplify(tag) if self._may_be_chinese else tag,)
        english = (row.english for row in rows if row.english)
        return (*(topic for row in rows for topic in row.chinese), *english)

    def is_yours(self, tag: str) -> bool:
        """Whether the creator's own table has it."""
        return bool(self._own) and fold_tag(tag) in self._own

    def is_unsure(self, tag: str) -> bool:
        """Whether nothing tells what it means: neither the table nor the tags beside it."""
        if self._words[tag] or self.is_yours(tag):
            return False
        return bool(self._rows[tag]) or may_be_anything(tag)

    def _meant(self, tag: str) -> Sequence[TopicRow]:
        """Choose between the rows of a tag: those of the fields that the tags beside it are of,
        else the one that holds wherever it stands."""
        rows = self._rows[tag]
        if not any(row.is_ambiguous for row in rows):
            return rows
        others = (row for other in self._rows if other != tag for row in self._rows[other])
        beside = {row.field for row in others if not row.is_ambiguous}
        return [row for row in rows if row.field in beside] or [
            row for row in rows if not row.is_ambiguous
        ]


def may_be_anything(tag: str) -> bool:
    """Whether it is but two letters: `la`, `fy`."""
    return bool(_TWO_LETTERS.fullmatch(tag))


def is_chinese(tag: str) -> bool:
    """Whether a tag can be read as Chinese already: `京都`."""
    return bool(_HAN.search(tag)) and not _OTHER_SCRIPT.search(tag)


def _choose(
    own: Sequence[str], words: TagWords, policy: TopicPolicy, most: int, fits: Fits
) -> tuple[str, ...]:
    if policy is not TopicPolicy.KEEP:
        own = sorted(own, key=words.is_unsure)  # what may mean anything comes last
    listed = [words.of(tag) for tag in own if not words.is_yours(tag)]
    best = [
        *_by_fit(words.of(tag) for tag in own if words.is_yours(tag)),
        *_by_fit(topics[:BEST_FIRST] for topics in listed),
    ]
    more = [*_by_fit(topics[BEST_FIRST:] for topics in listed)]
    if policy is TopicPolicy.ZH:
        without = (tag for tag in own if not words.of(tag))
        return _take([*best, *more, *without], most, lambda _: True)
    wanted = [*own[:OWN_FIRST], *best, *own[OWN_FIRST:], *more]
    every = _take(wanted, most, lambda _: True)
    if fits(every):
        return every  # seldom is there no room for all; only then is each asked about
    return _take(wanted, most, lambda topics: topics[-1] in own or fits(topics))


def _key(name: str, rules: Rules) -> str:
    """What tags of one name have in common. One and several of a thing (`cat`, `cats`) have the same
    Chinese words, so that both would be one topic twice."""
    folded = fold_tag(name)
    if rules.topics_policy is TopicPolicy.KEEP or not folded.endswith("s"):
        return folded
    one, several = (load_table().find_sure(form) for form in (folded[:-1], folded))
    return folded[:-1] if one is not None and one is several else folded


def _take(wanted: Iterable[str], most: int, may: Fits) -> tuple[str, ...]:
    """Take the first `most` topics, each once, that may stand behind those before them."""
    chosen: dict[str, str] = {}
    for topic in wanted:
        if len(chosen) == most:
            break
        if fold_tag(topic) not in chosen and may((*chosen.values(), topic)):
            chosen[fold_tag(topic)] = topic
    return tuple(chosen.values())


def _by_fit(topics: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """First the best of each tag, then the second of each, and so on."""
    return (topic for round_ in zip_longest(*topics) for topic in round_ if topic)


def _explain_added(own: Sequence[str], chosen: Sequence[str], words: TagWords) -> Iterator[Change]:
    added = [topic for topic in chosen if topic not in own]
    for tag in own:
        mine = [topic for topic in added if topic in words.of(tag)]
        added = [topic for topic in added if topic not in mine]
        if mine:
            why = _YOURS if words.is_yours(tag) else _LIKELY
            yield Change("topics", f"#{tag}", format_hashtags(mine), why)


def _drop_kinds(tags: Sequence[PlainTag]) -> Iterator[Change]:
    kinds = {one.kind for one in tags}
    for kind, why in WHY_DROPPED.items():
        if kind in kinds:
            yield from _drop([one.tag for one in tags if one.kind is kind], why)


def _drop(tags: Sequence[str], why: str) -> Iterator[Change]:
    if tags:
        yield Change("topics", format_hashtags(tags), "", why)
