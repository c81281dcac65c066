"""Which post of a workspace a post of an export is.

    the same stored object, where only one post on each side has it
    → else the same second, and there the same page, else all that is said, else the same words
    → else the one that is left on each side
    → else, where none is missing and no two contradict each other, their order

An export without a post that stood there before says nothing of which of its twins is left: where
that cannot be told, none of them takes anything of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from crossover.model.posts import Post

Signs = Callable[[Post], Iterable[Hashable]]
"""Gives what a post may be known by."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The known posts of found ones, by the ids of those; no known post is in both twice.

    `same` is the one that it surely is. `unsure` are those of which it is one, and first of them
    one that counts as seen."""

    same: dict[str, Post] = field(default_factory=dict)
    unsure: dict[str, tuple[Post, ...]] = field(default_factory=dict)


def match_posts(known: Sequence[Post], found: Sequence[Post]) -> Matches:
    """Find the known post of each found one. Who is in neither is new. Pure."""
    matches = Matches()
    known, found = sorted(known, key=_ordinal), sorted(found, key=_ordinal)
    for find in (
        partial(_by_own_sign, signs=_objects),
        partial(_by_own_sign, signs=_page),
        _by_all_said,
        partial(_by_own_sign, signs=_record),
        partial(_by_own_sign, signs=_words),
    ):
        pairs = find(known, found)
        matches.same.update(pairs)
        taken = {post.id for post in pairs.values()}
        known = [post for post in known if post.id not in taken]
        found = [post for post in found if post.id not in pairs]
    seconds = _by_second(known)
    for second, posts in _by_second(found).items():
        _match_twins(seconds[second], posts, matches)
    return matches


def _match_twins(known: list[Post], found: list[Post], matches: Matches) -> None:
    """Match what is left of one second."""
    in_order = list(zip(known, found, strict=False))
    if len(known) < len(found):
        # Some are new. So that none is lost, all are that are not surely a known one.
        for before in known:
            fitting = [one for one in found if not _contradict(before, one)]
            if len({_all_said(one) for one in fitting}) == 1:
                matches.same[fitting[0].id] = before
                found.remove(fitting[0])
    elif len(found) == 1 == len(known) or (
        len(found) == len(known) and not any(_contradict(*pair) for pair in in_order)
    ):
        matches.same.update((post.id, before) for before, post in in_order)
    else:
        for stand_in, post in in_order:
            alike = [one for one in known if _said(one) == _said(post)] or known
            others = (one for one in alike if one is not stand_in)
            matches.unsure[post.id] = (stand_in, *others)


def _by_own_sign(known: Iterable[Post], found: Iterable[Post], signs: Signs) -> dict[str, Post]:
    """Find the known post of found ones, by their ids, one to one: by signs that one post alone
    has on each side."""
    ours, theirs = _own_signs(known, signs), _own_signs(found, signs)
    pairs: dict[str, Post] = {}
    taken: set[str] = set()
    for sign, post in theirs.items():
        before = ours.get(sign)
        if before is None or post.id in pairs or before.id in taken:
            continue
        if signs is _objects or not _contradict(before, post):
            pairs[post.id] = before
            taken.add(before.id)
    return pairs


def _own_signs(posts: Iterable[Post], signs: Signs) -> dict[Hashable, Post]:
    """Posts by the signs that are theirs alone: cut links lead many posts to one object."""
    signed = [(sign, post) for post in posts for sign in signs(post)]
    count = Counter(sign for sign, _ in signed)
    return {sign: post for sign, post in signed if count[sign] == 1}


def _by_all_said(known: Iterable[Post], found: Iterable[Post]) -> dict[str, Post]:
    """As `_by_own_sign`, by all that is said: of posts that are equal in that, any will do."""
    ours = defaultdict(list)
    for post in known:
        ours[_all_said(post)].append(post)
    return {post.id: same.pop(0) for post in found if (same := ours[_all_said(post)])}


def _all_said(post: Post) -> tuple[Hashable, ...]:
    return (*_said(post), post.kind, post.tiktok_id, post.object_keys)


def _objects(post: Post) -> Iterable[Hashable]:
    return post.object_keys


def _page(post: Post) -> Iterable[Hashable]:
    return [(post.posted_at, post.tiktok_id)] if post.tiktok_id else []


def _record(post: Post) -> Iterable[Hashable]:
    return [_said(post)]


def _said(post: Post) -> tuple[Hashable, ...]:
    return post.posted_at, post.title or post.text, post.visibility_said, post.declaration


def _words(post: Post) -> Iterable[Hashable]:
    words = post.title or post.text
    return [(post.posted_at, words)] if words else []


def _contradict(before: Post, found: Post) -> bool:
    """Whether the two say different things. Words from a second source are nothing that an export
    said."""
    said = before.title or (None if before.has_joined_words else before.text)
    pairs = (
        (before.kind, found.kind),
        (said, found.title or found.text),
        (before.tiktok_id, found.tiktok_id),
    )
    objects = set(before.object_keys), set(found.object_keys)
    return any(one and other and one != other for one, other in pairs) or (
        all(objects) and objects[0].isdisjoint(objects[1])
    )


def _by_second(posts: Iterable[Post]) -> defaultdict[datetime, list[Post]]:
    seconds = defaultdict(list)
    for post in posts:
        seconds[post.posted_at].append(post)
    return seconds


def _ordinal(post: Post) -> tuple[str, int]:
    second, _, ordinal = post.id.partition("Z")
    return second, int(ordinal.removeprefix("-") or 1)
