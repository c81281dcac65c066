"""Posts and TikTok ids that may match, and what a join makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crossover.model.posts import Kind, Post
from crossover.model.tiktok import id_second

WINDOW = 60
"""Seconds between an id's time and a post's date that still belong together; 49 was the most
ever seen."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A TikTok post known from elsewhere: its id and, where known, what it is and TikTok's own time
    for it."""

    tiktok_id: str
    kind: Kind | None = None
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """An accepted pair. `seconds` is the post's date minus the id's time. `sure` pairs have the
    same id on both sides; the others are joined by time. `own_time`: of several that were near, this
    one's own time is the post's."""

    post: str
    tiktok_id: str
    seconds: int
    sure: bool
    own_time: bool = False


@dataclass(frozen=True, slots=True)
class AmbiguousGroup:
    """Posts and ids that may match each other in more than one way."""

    posts: tuple[str, ...]
    tiktok_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JoinResult:
    """The result of a join. Every post and every candidate is in exactly one of these."""

    pairs: tuple[Pair, ...]
    ambiguous: tuple[AmbiguousGroup, ...]
    posts_left: tuple[str, ...]
    tiktok_ids_left: tuple[str, ...]


def may_match(post: Post, candidate: Candidate, window: int = WINDOW) -> bool:
    """Whether the two may be the same: close or equal in time, no contradiction, not refused."""
    is_near = abs(seconds_apart(post, candidate.tiktok_id)) <= window
    return (is_near or post.posted_at == candidate.posted_at) and is_possible(post, candidate)


def is_possible(post: Post, candidate: Candidate) -> bool:
    """Whether nothing but time speaks against the two being the same."""
    same_kind = post.kind is None or candidate.kind is None or post.kind is candidate.kind
    return same_kind and candidate.tiktok_id not in post.not_tiktok_ids


def seconds_apart(post: Post, tiktok_id: str) -> int:
    """Subtract the id's time from the post's date, in seconds."""
    return int(post.posted_at.timestamp()) - (id_second(tiktok_id) or 0)
