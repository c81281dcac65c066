"""Joins TikTok ids and posts of the export, one to one, by time.

The upper 32 bits of a TikTok post id are unix seconds: sure, seen by many. That they lie close to
the export's `Date` is inferred: one published check of 73 ids found 14 s on average and at most
49 s between the id's time and the publishing. So a pair is accepted only where nothing else
comes into question on either side, and the difference is kept as evidence.

Where a listing gives TikTok's own time for a post as well, and that is the export's `Date` to the
second, `own_time` settles bursts by it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate, chain
from typing import TypeVar

from crossover.captions.own_time import (
    Trust,
    ask_about_far,
    find_same_time,
    settle_group,
    weigh_own_times,
)
from crossover.captions.pairs import (
    WINDOW,
    AmbiguousGroup,
    Candidate,
    JoinResult,
    Pair,
    may_match,
    seconds_apart,
)
from crossover.model.posts import Kind, Post
from crossover.model.tiktok import id_second

T = TypeVar("T")


def join_by_time(
    posts: Iterable[Post], candidates: Iterable[Candidate], window: int = WINDOW
) -> JoinResult:
    """Pair posts and TikTok ids.

    A post that already has a `tiktok_id` takes the candidate of that id and no other. The others
    may match within `window` seconds unless their kinds contradict or the creator said no
    (`not_tiktok_ids`); a pair is accepted when each is the other's only choice, or by TikTok's own
    times where these can be trusted. Candidates may come in any order and more than once. Takes
    n·log n steps however close together the posts are.
    """
    known = _merge_candidates(candidates)
    ordered = sorted(posts, key=lambda post: (post.posted_at, post.id))
    by_id = _join_by_id([post for post in ordered if post.tiktok_id is not None], known)
    claimed = {post.tiktok_id for post in ordered}
    free = {tiktok_id: one for tiktok_id, one in known.items() if tiktok_id not in claimed}
    by_second = _join_free([post for post in ordered if post.tiktok_id is None], free, window)
    return JoinResult(
        pairs=by_id.pairs + by_second.pairs,
        ambiguous=by_id.ambiguous + by_second.ambiguous,
        posts_left=by_id.posts_left + by_second.posts_left,
        tiktok_ids_left=by_second.tiktok_ids_left,
    )


def _join_by_id(posts: Sequence[Post], known: Mapping[str, Candidate]) -> JoinResult:
    """Pair the posts that have an id with the candidate of that id. Ids of several posts are
    ambiguous."""
    posts_by_id: dict[str, list[Post]] = {}
    for post in posts:
        posts_by_id.setdefault(post.tiktok_id or "", []).append(post)
    found = {tiktok_id: some for tiktok_id, some in posts_by_id.items() if tiktok_id in known}
    return JoinResult(
        pairs=tuple(
            Pair(post.id, tiktok_id, seconds_apart(post, tiktok_id), sure=True)
            for tiktok_id, [post, *others] in found.items()
            if not others
        ),
        ambiguous=tuple(
            AmbiguousGroup(tuple(post.id for post in some), (tiktok_id,))
            for tiktok_id, some in found.items()
            if len(some) > 1
        ),
        posts_left=tuple(post.id for post in posts if post.tiktok_id not in known),
        tiktok_ids_left=(),
    )


def _join_free(posts: Sequence[Post], free: Mapping[str, Candidate], window: int) -> JoinResult:
    """Pair the posts without an id, by nearness and by the candidates' own times."""
    near = _join_by_second(posts, free, window)
    by_id = {post.id: post for post in posts}
    same = find_same_time(posts, free.values())
    trust = weigh_own_times(near.pairs, by_id, free)
    if trust is Trust.NONE or not (same or trust is Trust.SHOWN):
        return near
    far = {i for i, post in same.items() if abs(seconds_apart(by_id[post], i)) > window}
    # What would be made elsewhere stands in nobody's way here.
    left = {i: one for i, one in free.items() if i not in far}
    if far:
        near = _join_by_second(posts, left, window)
    settled = {
        tiktok_id: post
        for group in near.ambiguous
        for tiktok_id, post in settle_group(group, same, free, trust).items()
    }
    taken = set(settled.values())
    rest = _join_by_second(
        [post for post in posts if post.id not in taken],
        {i: one for i, one in left.items() if i not in settled},
        window,
    )

    sure = set(near.pairs)

    def is_sure(pair: Pair) -> bool:
        own = free[pair.tiktok_id].posted_at
        differs = own is not None and own != by_id[pair.post].posted_at
        return pair in sure and not (differs and trust is Trust.SHOWN)

    pairs = [pair for pair in rest.pairs if is_sure(pair)]
    unsure = [pair for pair in rest.pairs if not is_sure(pair)]
    by_own_time = [
        Pair(post, i, seconds_apart(by_id[post], i), sure=False, own_time=True)
        for i, post in settled.items()
    ]
    asked = [AmbiguousGroup((pair.post,), (pair.tiktok_id,)) for pair in unsure]
    joined = replace(rest, pairs=(*pairs, *by_own_time), ambiguous=(*rest.ambiguous, *asked))
    return ask_about_far({i: same[i] for i in far}, joined) if far else joined


def _join_by_second(
    posts: Sequence[Post], free: Mapping[str, Candidate], window: int
) -> JoinResult:
    """Pair the posts without an id with the candidates that no post has. `posts` in time order."""
    dated = [one for one in free.values() if id_second(one.tiktok_id) is not None]
    pairs: list[Pair] = []
    ambiguous: list[AmbiguousGroup] = []
    posts_left: list[str] = []
    ids_left = [tiktok_id for tiktok_id in free if id_second(tiktok_id) is None]
    groups = chain.from_iterable(
        _split_at_refusals(some, ids, free, window)
        for some, ids in _group_by_time(posts, dated, window)
    )
    for group_posts, group_ids in groups:
        post_ids = [post.id for post in group_posts]
        if len(group_posts) == 1 and len(group_ids) == 1:
            seconds = seconds_apart(group_posts[0], group_ids[0])
            pairs.append(Pair(post_ids[0], group_ids[0], seconds, sure=False))
        elif group_posts and group_ids:
            ambiguous.append(AmbiguousGroup(tuple(post_ids), tuple(group_ids)))
        else:
            posts_left += post_ids
            ids_left += group_ids
    return JoinResult(tuple(pairs), tuple(ambiguous), tuple(posts_left), tuple(ids_left))


def _merge_candidates(candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Merge the candidates of each id into one; kinds that contradict each other become None."""
    kinds: dict[str, set[Kind]] = {}
    times: dict[str, set[datetime]] = {}
    for candidate in candidates:
        kinds.setdefault(candidate.tiktok_id, set()).update(filter(None, [candidate.kind]))
        times.setdefault(candidate.tiktok_id, set()).update(filter(None, [candidate.posted_at]))
    return {one: Candidate(one, _only(kinds[one]), _only(times[one])) for one in kinds}


def _only(said: set[T]) -> T | None:
    return next(iter(said)) if len(said) == 1 else None


def _group_by_time(
    posts: Sequence[Post], candidates: Sequence[Candidate], window: int
) -> list[tuple[list[Post], list[str]]]:
    """Group the posts and ids that may match, directly or through others. A candidate's choices are
    a run of neighbours in the posts of each kind, so only the borders of a run are kept."""
    parent = list(range(len(posts) + len(candidates)))
    runs = {kind: _Runs(posts, kind) for kind in (*Kind, None)}
    for at, candidate in enumerate(candidates, start=len(posts)):
        second = id_second(candidate.tiktok_id) or 0
        for kind, run in runs.items():
            if kind is None or candidate.kind is None or kind is candidate.kind:
                first = run.connect(second - window, second + window)
                if first is not None:
                    _union(parent, at, first)
    for run in runs.values():
        for one, other in run.neighbours():
            _union(parent, one, other)

    return _collect_groups(parent, posts, [candidate.tiktok_id for candidate in candidates])


def _collect_groups(
    parent: list[int], posts: Sequence[Post], ids: Sequence[str]
) -> list[tuple[list[Post], list[str]]]:
    groups: dict[int, tuple[list[Post], list[str]]] = {}
    for at, post in enumerate(posts):
        groups.setdefault(_find_root(parent, at), ([], []))[0].append(post)
    for at, tiktok_id in enumerate(ids, start=len(posts)):
        groups.setdefault(_find_root(parent, at), ([], []))[1].append(tiktok_id)
    return list(groups.values())


def _split_at_refusals(
    posts: list[Post], ids: list[str], known: Mapping[str, Candidate], window: int
) -> Iterable[tuple[list[Post], list[str]]]:
    """Split a group into the groups it falls into where the creator said no to a pair."""
    if {refused for post in posts for refused in post.not_tiktok_ids}.isdisjoint(ids):
        return [(posts, ids)]
    parent = list(range(len(posts) + len(ids)))
    for at, post in enumerate(posts):
        for place, tiktok_id in enumerate(ids, start=len(posts)):
            if may_match(post, known[tiktok_id], window):
                _union(parent, at, place)
    return _collect_groups(parent, posts, ids)


class _Runs:
    """The posts of one kind in time order, with runs of neighbours in one group."""

    def __init__(self, posts: Sequence[Post], kind: Kind | None) -> None:
        self._places = [at for at, post in enumerate(posts) if post.kind is kind]
        self._seconds = [int(posts[at].posted_at.timestamp()) for at in self._places]
        self._borders = [0] * (len(self._places) + 1)

    def connect(self, first: int, last: int) -> int | None:
        """Put all posts from second `first` to `last` into one group, and return the place of one
        of them, None without any."""
        start, end = bisect_left(self._seconds, first), bisect_right(self._seconds, last)
        if start == end:
            return None
        self._borders[start] += 1
        self._borders[end - 1] -= 1
        return self._places[start]

    def neighbours(self) -> Iterable[tuple[int, int]]:
        """Yield the places of each two neighbours in one group."""
        inside = list(accumulate(self._borders))
        for at in range(len(self._places) - 1):
            if inside[at] > 0:
                yield self._places[at], self._places[at + 1]


def _find_root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _union(parent: list[int], one: int, other: int) -> None:
    first, second = sorted((_find_root(parent, one), _find_root(parent, other)))
    parent[second] = first
