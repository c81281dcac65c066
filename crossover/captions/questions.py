"""Makes questions for the creator of what the join leaves open."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from crossover.captions.caption import Caption
from crossover.captions.pairing import make_candidate
from crossover.captions.pairs import AmbiguousGroup, Candidate, may_match, seconds_apart
from crossover.model.posts import Post

MOST_CELLS = 100_000
"""Posts times ids of a group; in a larger one no pair is likely, and choices are sorted by
nearness."""
MOST_CHOICES = 8
_LOOK = 40


@dataclass(frozen=True, slots=True)
class Question:
    """A post and the TikTok posts it may be, `choices`, likeliest first. `likely` is the one it
    gets when all of them are paired one to one in the order of time; None when that leaves it out
    or nothing can be said."""

    post: Post
    choices: tuple[Caption, ...]
    likely: str | None


def make_questions(
    groups: Iterable[AmbiguousGroup], posts: Iterable[Post], words: Mapping[str, Caption]
) -> tuple[Question, ...]:
    """Make a question for every post of the groups, in the order of the posts. `words` has a
    caption for every id."""
    by_id = {post.id: post for post in posts}
    made = []
    for group in groups:
        some = sorted((by_id[post] for post in group.posts), key=lambda p: (p.posted_at, p.number))
        known = [make_candidate(words[i]) for i in sorted(group.tiktok_ids, key=int)]
        likely = find_likely_pairs(some, known)
        by_own_time: dict[datetime | None, list[str]] = defaultdict(list)
        for one in known:
            by_own_time[one.posted_at].append(one.tiktok_id)
        for post in some:
            first = likely.get(post.id)
            some_known = _find_nearest(post, known)
            near = {c.tiktok_id for c in some_known if may_match(post, c)}
            near.update(by_own_time.get(post.posted_at, ()))
            own = {i for i in (first, post.tiktok_id) if i in group.tiktok_ids}
            choices = sorted(near | own, key=partial(_choice_order, post, first, words))
            made.append(Question(post, tuple(words[i] for i in choices[:MOST_CHOICES]), first))
    return tuple(sorted(made, key=lambda one: one.post.number))


def _find_nearest(post: Post, known: Sequence[Candidate]) -> Sequence[Candidate]:
    """Find the candidates nearest to the post in time; `known` is in that order."""
    moment = int(post.posted_at.timestamp()) << 32
    at = bisect_left(known, moment, key=lambda candidate: int(candidate.tiktok_id))
    return known[max(0, at - _LOOK) : at + _LOOK]


def _choice_order(
    post: Post, first: str | None, words: Mapping[str, Caption], tiktok_id: str
) -> tuple[bool, int, int]:
    return tiktok_id != first, _gap(post, make_candidate(words[tiktok_id])), int(tiktok_id)


def _gap(post: Post, candidate: Candidate) -> int:
    """How far apart they are, in seconds; nothing where the candidate's own time is the post's."""
    if candidate.posted_at == post.posted_at:
        return 0
    return abs(seconds_apart(post, candidate.tiktok_id))


def find_likely_pairs(posts: Sequence[Post], candidates: Sequence[Candidate]) -> dict[str, str]:
    """Find as many pairs as possible without crossing in time, and of those the nearest: post id →
    TikTok id. Both are in the order of time. A group of more than `MOST_CELLS` has none, nor have
    posts of one second, which have no order."""
    if len(posts) * len(candidates) > MOST_CELLS:
        return {}
    best = [[(0, 0)] * (len(candidates) + 1) for _ in range(len(posts) + 1)]
    for row, post in enumerate(posts, 1):
        for column, candidate in enumerate(candidates, 1):
            score = max(best[row - 1][column], best[row][column - 1])
            if may_match(post, candidate):
                pairs, nearness = best[row - 1][column - 1]
                gap = _gap(post, candidate)
                score = max(score, (pairs + 1, nearness - gap))
            best[row][column] = score
    crowd = Counter(post.posted_at for post in posts)
    found = {}
    row, column = len(posts), len(candidates)
    while row and column:
        if best[row][column] == best[row - 1][column]:
            row -= 1
        elif best[row][column] == best[row][column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            if crowd[posts[row].posted_at] == 1:
                found[posts[row].id] = candidates[column].tiktok_id
    return found
