"""The posts to begin with: the most liked for their time, spread over time and subjects, and those
of a feast only in season. An offer: the creator may write any numbers instead.

Likes count against those of the posts around them in time, so that the first years of an account,
with few people to like anything, compare fairly with the last ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import heapify, heappop, heapreplace
from itertools import chain
from math import log2
from operator import attrgetter
from statistics import median

from crossover.mapping.plain_text import clean_text
from crossover.mapping.topics.hashtags import split_hashtags
from crossover.mapping.topics.table import load_table
from crossover.model.choices import Order
from crossover.model.posts import Post
from crossover.schedule.seasons import Season, load_seasons

_AROUND = 10
"""Posts before and after one that its likes are compared with."""
_FEW_LIKES = 3
"""Added on both sides of a comparison: 4 likes where others have 1 are no wonder yet."""
_NO_SUBJECTS = frozenset({"seasons-festivals", "formats-memes"})
_MUCH_LIKED = 1.5
"""Times the likes around a post from which that is the reason for it."""


@dataclass(frozen=True, slots=True)
class RatedPost:
    """A post and what speaks for it. `around` is the likes that half of the posts before it or
    after it in time have, whichever are more, so that nothing stands out by an account that grew;
    `subject` a field of the table of topics."""

    number: int
    posted_at: datetime
    likes: int
    around: float
    subject: str | None
    season: Season | None

    @property
    def score(self) -> float:
        """How much more it was liked than those around it: 1 for twice as much."""
        return log2((self.likes + _FEW_LIKES) / (self.around + _FEW_LIKES))


@dataclass(frozen=True, slots=True)
class BestPost:
    """A post to begin with, and why, in one short phrase."""

    post: RatedPost
    day: date
    why: str


def rate_posts(posts: Iterable[Post]) -> tuple[RatedPost, ...]:
    """Rate the posts whose likes are known, oldest first. Pure."""
    liked = sorted((p for p in posts if p.likes is not None), key=attrgetter("posted_at"))
    likes = [post.likes or 0 for post in liked]
    return tuple(
        _rate(post, (likes[max(0, at - _AROUND) : at], likes[at + 1 : at + 1 + _AROUND]))
        for at, post in enumerate(liked)
    )


def _rate(post: Post, around: Iterable[Sequence[int]]) -> RatedPost:
    text = clean_text("\n".join(filter(None, (post.title, post.text))))
    tags = split_hashtags(text).tags
    return RatedPost(
        number=post.number,
        posted_at=post.posted_at,
        likes=post.likes or 0,
        around=max((median(some) for some in around if some), default=post.likes or 0),
        subject=_find_subject(tags),
        season=load_seasons().find(tags, text),
    )


def _find_subject(tags: Iterable[str]) -> str | None:
    """Find the field that most of the tags are of, the first of several."""
    rows = (row for tag in tags for row in load_table().find(tag))
    fields = Counter(
        row.field for row in rows if row.field not in _NO_SUBJECTS and not row.is_ambiguous
    )
    return fields.most_common(1)[0][0] if fields else None


def offer_best(
    rated: Sequence[RatedPost], going: Container[int], days: Sequence[date], order: Order
) -> tuple[tuple[BestPost, ...], tuple[RatedPost, ...]]:
    """Choose as `choose_best` does, of the posts whose numbers are in `going`, in the order in which
    all notes go out, and find those that are as good out of their season. `rated` are oldest first.
    Pure."""
    ordered = rated if order is Order.OLDEST_FIRST else rated[::-1]
    posts = [post for post in ordered if post.number in going]
    best = choose_best(posts, days)
    return best, find_out_of_season(posts, best)


def choose_best(posts: Sequence[RatedPost], days: Sequence[date]) -> tuple[BestPost, ...]:
    """Choose a post for each of `days`, on which the first notes go out, as far as there are any.
    They stand in the order of `posts`, but for those that wait for their season. Pure.

    The more of a subject or a quarter of a year are chosen already, measured by its share of
    all posts, the more a further one of it must have been liked.
    """
    share, taken = Counter(chain.from_iterable(map(_groups, posts))), Counter[_Group]()

    def rank(at: int) -> tuple[float, int]:
        fair = (max(share[group] * len(days) / len(posts), 1) for group in _groups(posts[at]))
        cost = sum(taken[group] / f for group, f in zip(_groups(posts[at]), fair, strict=True))
        return cost - posts[at].score, at

    heap = [rank(at) for at in range(len(posts))]
    heapify(heap)
    seasonal: dict[int, int] = {}
    others: list[int] = []
    while heap and len(seasonal) + len(others) < len(days):
        at = heap[0][1]
        if (now := rank(at)) != heap[0]:
            heapreplace(heap, now)  # more of its groups were taken since it was ranked
            continue
        heappop(heap)
        if posts[at].season is None:
            others.append(at)
        elif (place := _find_place(posts[at], days, seasonal)) is not None:
            seasonal[place] = at
        else:
            continue
        taken.update(_groups(posts[at]))
    chosen = len(seasonal) + len(others)
    if chosen < len(days):
        return choose_best(posts, days[:chosen])  # fewer days, so fewer seasons may be met
    rest = iter(sorted(others))
    order = [seasonal[at] if at in seasonal else next(rest) for at in range(chosen)]
    explain = _Reasons(posts).explain
    return tuple(
        BestPost(posts[at], day, explain(posts[at])) for at, day in zip(order, days, strict=True)
    )


def find_out_of_season(
    posts: Iterable[RatedPost], best: Sequence[BestPost]
) -> tuple[RatedPost, ...]:
    """Find the posts that were liked as much as those chosen, and whose season is at another time."""
    days = [one.day for one in best]
    least = min((one.post.score for one in best), default=0)
    return tuple(
        post
        for post in posts
        if post.season and post.score >= least and _find_place(post, days, ()) is None
    )


_Group = tuple[str, object]


def _groups(post: RatedPost) -> tuple[_Group, ...]:
    quarter = post.posted_at.year, (post.posted_at.month - 1) // 3
    return ("subject", post.subject), ("time", quarter)


def _find_place(post: RatedPost, days: Sequence[date], taken: Container[int]) -> int | None:
    posted = post.posted_at.date()
    return next(
        (
            at
            for at, day in enumerate(days)
            if at not in taken and post.season and post.season.includes(day, posted)
        ),
        None,
    )


class _Reasons:
    """Why a post is among the best, in one short phrase."""

    def __init__(self, posts: Iterable[RatedPost]) -> None:
        self._most: dict[object, int] = {}
        for post in posts:
            for group in (post.posted_at.year, post.subject):
                self._most[group] = max(post.likes, self._most.get(group, 0))

    def explain(self, post: RatedPost) -> str:
        return (
            f"{self._likes(post)}; in season: {post.season.name}"
            if post.season
            else self._likes(post)
        )

    def _likes(self, post: RatedPost) -> str:
        likes = "1 like" if post.likes == 1 else f"{post.likes:,} likes"
        times = post.likes / max(post.around, 1)
        year = post.posted_at.year
        if times >= _MUCH_LIKED:
            return f"{likes}, {_times(times)} those of the posts around it"
        if post.likes == self._most[year]:
            return f"{likes}, the most of {year}"
        if post.subject and post.likes == self._most[post.subject]:
            return f"{likes}, the most about {post.subject.replace('-', ' ')}"
        return f"{likes}, where those around it have {round(post.around):,}"


def _times(times: float) -> str:
    return f"{times:.1f} times" if times < 3 else f"{times:,.0f} times"
