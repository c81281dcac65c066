"""Explains why the join left a TikTok id without a post: nothing was near, or what was near
contradicts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crossover.captions.caption import Caption
from crossover.captions.pairs import WINDOW, seconds_apart
from crossover.model.posts import Post
from crossover.model.tiktok import id_second

_LOOK = 20


class UnpairedReason(StrEnum):
    """Why no post got the id, the one that says most first."""

    KIND = "kind"
    """A post is near, and is of the other kind."""
    REFUSED = "refused"
    """A post is near, and the creator said that it is not this one."""
    TAKEN = "taken"
    """A post is near, and has another id."""
    NOT_NEAR = "not-near"


@dataclass(frozen=True, slots=True)
class Unpaired:
    """An id that no post got, why, and the posts of which that is true, nearest first."""

    words: Caption
    why: UnpairedReason
    posts: tuple[Post, ...] = ()


def explain_unpaired(
    tiktok_ids: Iterable[str], posts: Iterable[Post], words: Mapping[str, Caption]
) -> Iterator[Unpaired]:
    """Yield why each of the ids was left without a post. `posts` are those after the join."""
    ordered = sorted(posts, key=lambda post: post.posted_at)
    seconds = [int(post.posted_at.timestamp()) for post in ordered]
    for tiktok_id in tiktok_ids:
        at = bisect_left(seconds, id_second(tiktok_id) or 0)
        near = [
            post
            for post in ordered[max(0, at - _LOOK) : at + _LOOK]
            if abs(seconds_apart(post, tiktok_id)) <= WINDOW
        ]
        near.sort(key=lambda post: (abs(seconds_apart(post, tiktok_id)), post.number))
        found = {post.id: _find_reason(post, words[tiktok_id]) for post in near}
        why = next(
            (one for one in UnpairedReason if one in found.values()), UnpairedReason.NOT_NEAR
        )
        some = tuple(post for post in near if found[post.id] is why)
        yield Unpaired(words[tiktok_id], why, some)


def contradicts(post: Post, words: Caption) -> bool:
    """Whether the kinds of both are known, and differ."""
    return None not in (post.kind, words.kind) and post.kind is not words.kind


def _find_reason(post: Post, words: Caption) -> UnpairedReason:
    if words.tiktok_id in post.not_tiktok_ids:
        return UnpairedReason.REFUSED
    if post.tiktok_id is not None:
        return UnpairedReason.TAKEN
    return UnpairedReason.KIND if contradicts(post, words) else UnpairedReason.NOT_NEAR
