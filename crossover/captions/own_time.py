"""TikTok's own times for posts, as listings give them, where they are the export's dates to the
second: whether they can be trusted, and what they settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum, auto

from crossover.captions.pairs import AmbiguousGroup, Candidate, JoinResult, Pair, is_possible
from crossover.model.posts import Post
from crossover.model.tiktok import id_second

_ENOUGH = 3
"""Sure pairs whose own times are the posts' dates, to trust own times elsewhere."""
_SELDOM = 50
"""So many of them for each one whose own time is another: that pair may be the wrong one."""


class Trust(Enum):
    """How far TikTok's own times for posts can be trusted to be the export's dates."""

    NONE = auto()
    UNKNOWN = auto()
    SHOWN = auto()


def weigh_own_times(
    pairs: Iterable[Pair], posts: Mapping[str, Post], known: Mapping[str, Candidate]
) -> Trust:
    """Weigh by the pairs that nearness alone makes sure whether own times are the export's dates.
    One that is the id's own second says nothing: it may be that second for every post."""
    same = differing = 0
    for pair in pairs:
        one = known[pair.tiktok_id]
        if one.posted_at is not None and one.posted_at != posts[pair.post].posted_at:
            differing += 1
        elif _tells_more(one):
            same += 1
    if differing * _SELDOM > same:
        return Trust.NONE
    return Trust.SHOWN if same >= _ENOUGH else Trust.UNKNOWN


def _tells_more(candidate: Candidate) -> bool:
    """Whether its own time is another than its id's."""
    second = datetime.fromtimestamp(id_second(candidate.tiktok_id) or 0, UTC)
    return candidate.posted_at not in (None, second)


def find_same_time(posts: Iterable[Post], candidates: Iterable[Candidate]) -> dict[str, str]:
    """The posts whose second is a candidate's own time, by its id, where no other post and no other
    candidate has that second."""
    by_second: dict[datetime, list[Post]] = {}
    for post in posts:
        by_second.setdefault(post.posted_at, []).append(post)
    by_own_time: dict[datetime, list[Candidate]] = {}
    for one in candidates:
        if one.posted_at is not None:
            by_own_time.setdefault(one.posted_at, []).append(one)
    return {
        some[0].tiktok_id: by_second[moment][0].id
        for moment, some in by_own_time.items()
        if len(some) == 1
        and len(by_second.get(moment, ())) == 1
        and is_possible(by_second[moment][0], some[0])
    }


def settle_group(
    group: AmbiguousGroup, same: Mapping[str, str], free: Mapping[str, Candidate], trust: Trust
) -> dict[str, str]:
    """The pairs of a group that own times settle. Before anything is known of own times, only where
    they settle all of it, and are not the ids' times over again."""
    found = {i: same[i] for i in group.tiktok_ids if same.get(i) in group.posts}
    whole = len(found) == len(group.posts) == len(group.tiktok_ids)
    if trust is Trust.SHOWN or (whole and all(_tells_more(free[i]) for i in found)):
        return found
    return {}


def ask_about_far(far: Mapping[str, str], joined: JoinResult) -> JoinResult:
    """Put the candidates whose ids lie far from the posts of their own times in question for
    these."""
    pairs = {pair.post: pair for pair in joined.pairs}
    groups = {post: group for group in joined.ambiguous for post in group.posts}
    for tiktok_id, post in far.items():
        before = groups.get(post) or AmbiguousGroup((post,), ())
        others = (pairs.pop(post).tiktok_id,) if post in pairs else ()
        group = replace(before, tiktok_ids=(*before.tiktok_ids, *others, tiktok_id))
        groups |= dict.fromkeys(group.posts, group)
    return replace(
        joined,
        pairs=tuple(pairs.values()),
        ambiguous=tuple({id(group): group for group in groups.values()}.values()),
        posts_left=tuple(post for post in joined.posts_left if post not in groups),
    )
