"""Unique ids for posts that share a second: `…Z`, `…Z-2`, `…Z-3`, oldest first, in every layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from crossover.model.posts import Post


def assign_unique_ids(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Sort the posts oldest first and give each its own id.

    Within a second only the list's order tells who was first. All real lists are newest first,
    but the direction is read from the dates, so that a list turned around gives the same ids.
    """
    falling = sum(a.posted_at > b.posted_at for a, b in pairwise(posts))
    rising = sum(a.posted_at < b.posted_at for a, b in pairwise(posts))
    oldest_first = posts if rising > falling else posts[::-1]
    seen: Counter[str] = Counter()
    named: list[Post] = []
    for post in sorted(oldest_first, key=lambda post: post.posted_at):
        seen[post.id] += 1
        ordinal = seen[post.id]
        named.append(post if ordinal == 1 else replace(post, id=f"{post.id}-{ordinal}"))
    return tuple(named)
