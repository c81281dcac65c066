"""Hashtags that never become topics, each for its reason, and the words that lead on to a tag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any

import regex

from crossover.model.hashtags import fold_tag
from crossover.package_data import load_data

_REPEATED_END = regex.compile(r"(.)\1+$")


class TagKind(StrEnum):
    """Why a tag is no topic."""

    PLATFORM = "platform"  # about TikTok, or asking it to show the video to more people
    ELSEWHERE = "elsewhere"  # another platform
    ORDER = "order"  # tells the reader to do something, or which part of a series it is
    AD = "ad"  # a mark of advertising, which a note declares
    UNWANTED = "unwanted"  # holds a word that RedNote's filters look for


@lru_cache(maxsize=65_536)
def kind_of(tag: str) -> TagKind | None:
    """Tell why a tag is no topic; None for one that may be a topic."""
    name, lists = fold_tag(tag), _load_lists()
    if any(word in name for word in lists.names):
        return TagKind.PLATFORM
    if any(word in name for word in lists.unwanted):
        return TagKind.UNWANTED
    for form in (name, _REPEATED_END.sub(r"\1", name)):
        if form in lists.kinds:
            return lists.kinds[form]
        if form.startswith(lists.beginnings):
            return next(kind for start, kind in lists.by_beginning if form.startswith(start))
    return None


def is_joining_word(word: str, *, alone: bool = True) -> bool:
    """Whether a line that ends with it goes on in the tag behind it: `my weekend in #lisbon`. Some
    words do only where that tag stands `alone`."""
    lists, folded = _load_lists(), fold_tag(word)
    return folded in lists.joining_words or (alone and folded in lists.joining_words_alone)


def ends_joining(text: str) -> bool:
    """The same for scripts without blanks: `我在#上海`."""
    return text.endswith(_load_lists().joining_endings)


@dataclass(frozen=True, slots=True)
class _TagLists:
    names: tuple[str, ...]
    unwanted: tuple[str, ...]
    kinds: dict[str, TagKind]
    by_beginning: tuple[tuple[str, TagKind], ...]
    beginnings: tuple[str, ...]
    joining_words: frozenset[str]
    joining_words_alone: frozenset[str]
    joining_endings: tuple[str, ...]


@cache
def _load_lists() -> _TagLists:
    lists: dict[str, Any] = load_data("crossover.mapping", "hashtags.yaml")
    listed = [
        (TagKind.PLATFORM, " ".join(lists["platform"].values())),
        (TagKind.ELSEWHERE, lists["elsewhere"]),
        (TagKind.ORDER, lists["orders"]),
        (TagKind.AD, lists["ads"]),
    ]
    entries = [(entry, kind) for kind, words in listed for entry in words.split()]
    starts = tuple((fold_tag(entry[:-1]), kind) for entry, kind in entries if entry.endswith("*"))
    return _TagLists(
        names=tuple(_folded(lists["names"])),
        unwanted=tuple(_folded(lists["unwanted"])),
        kinds={fold_tag(entry): kind for entry, kind in entries if not entry.endswith("*")},
        by_beginning=starts,
        beginnings=tuple(start for start, _ in starts),
        joining_words=frozenset(_folded(lists["joining_words"])),
        joining_words_alone=frozenset(_folded(lists["joining_words_alone"])),
        joining_endings=tuple(lists["joining_endings"].split()),
    )


def _folded(words: str) -> Iterable[str]:
    return map(fold_tag, words.split())
