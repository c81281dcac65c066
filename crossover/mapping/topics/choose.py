"""Chooses the topics of one note from the hashtags of its post, and explains every change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crossover.mapping.topics.communities import name_community
from crossover.mapping.topics.hashtags import format_hashtags
from crossover.mapping.topics.tag_kinds import TagKind, kind_of
from crossover.model.hashtags import fold_tag
from crossover.model.notes import Change

WHY_DROPPED: Mapping[TagKind, str] = {
    TagKind.PLATFORM: "tags about TikTok mean nothing on RedNote",
    TagKind.ELSEWHERE: "RedNote punishes pointing people to other platforms",
    TagKind.ORDER: "tags that tell people what to do, or which part this is, are no topics",
    TagKind.AD: "advertising is declared, it is no topic",
}
_COMMUNITY = "the plain word for a community of TikTok"
_SAME = "the same as another of its tags"
_BY_RULE = "your rules leave these tags out"


@dataclass(frozen=True, slots=True)
class PlainTag:
    """A hashtag, and what it is called away from TikTok. `kind` says why it is no topic."""

    tag: str
    name: str
    kind: TagKind | None


def plain_tag(tag: str) -> PlainTag:
    """Find what a tag is called away from TikTok: `dogs` for `dogsoftiktok`."""
    name = name_community(tag)
    return PlainTag(tag, name, kind_of(name))


def choose_topics(
    tags: Sequence[str], *, most: int, drop: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Change, ...]]:
    """Choose the first `most` tags that mean something on RedNote, in order, each once, and list
    what was changed and left out."""
    once: dict[str, str] = {}
    for tag in tags:
        once.setdefault(tag.casefold(), tag)
    plain = [plain_tag(tag) for tag in once.values()]
    unwanted = {fold_tag(name) for name in drop}
    by_rule = [p for p in plain if not p.kind and {fold_tag(p.tag), fold_tag(p.name)} & unwanted]
    rest = [p for p in plain if not p.kind and p not in by_rule]
    own: dict[str, PlainTag] = {}
    again = [p for p in rest if own.setdefault(fold_tag(p.name), p) is not p]
    names = [p.name for p in own.values()]
    folded = [p for p in own.values() if p.tag != p.name]
    changes = (
        *(
            _drop((p.tag for p in plain if p.kind is kind), why)
            for kind, why in WHY_DROPPED.items()
        ),
        _drop((p.tag for p in by_rule), _BY_RULE),
        _drop((p.tag for p in again), _SAME),
        *(Change("topics", f"#{p.tag}", f"#{p.name}", _COMMUNITY) for p in folded),
        _drop(names[most:], f"a note carries at most {most} topics"),
    )
    return tuple(names[:most]), tuple(change for change in changes if change.before)


def _drop(tags: Iterable[str], why: str) -> Change:
    return Change("topics", format_hashtags(tags), "", why)
