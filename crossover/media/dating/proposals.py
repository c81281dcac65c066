"""The posts that files may be by when they were made: a file is older than its post, most often by
days. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from pathlib import PurePath

from crossover.media.dating.dated import Dated, DatedFile
from crossover.media.dating.groups import Group, group_pictures
from crossover.media.dating.name_dates import date_in_name
from crossover.model.posts import Kind, MediaKind

REACH = timedelta(days=60)
"""A post is looked for so long after a file was made."""
SAME_LENGTH = 1.0
"""Seconds that a video and what was said of its post may differ: that is rounded."""
SLIP = timedelta(minutes=5)
"""So much a clock may be wrong."""
LIKELY = timedelta(days=7)
"""Most posts are made so soon after they were filmed."""
MOST_POSTS = 5
"""Posts that are proposed for a file."""
MOST_FILES = 12
"""Files that are asked about for each post, the nearest ones."""


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that lacks files, and of which nothing is here to compare. `pictures`: how many a
    photo post has, `seconds`: how long a video is, where that is known."""

    post: str
    number: int
    posted_at: datetime
    kind: Kind | None
    pictures: int | None = None
    seconds: float | None = None


class NamedMoment(StrEnum):
    """What of a post's date stands in a file's name."""

    SECOND = "second"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A post that files may be, made so long after them; negative by a clock without a zone.
    `about`: that may be off by some hours. `same_length`: of a video, None where one length is not
    known. `named`: the post's own second or day, in UTC, stands in the file's name."""

    post: str
    number: int
    elapsed: timedelta
    about: bool
    same_length: bool | None = None
    named: NamedMoment | None = None

    @property
    def rank(self) -> tuple[int, int, timedelta]:
        """The likelier, the less."""
        second = 0 if self.named is NamedMoment.SECOND else 1
        day = 0 if self.named else 1
        return second, 2 * {True: 0, None: 1, False: 2}[self.same_length] + day, abs(self.elapsed)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What to ask about, in this order, each with its posts, likeliest first. Not asked about are
    files `out_of_reach` of every post; `uneven` pictures, near photo posts of another number of
    pictures; and `crowded_out` files: for each of their posts others are nearer."""

    asked: tuple[tuple[Group, tuple[Proposal, ...]], ...] = ()
    out_of_reach: int = 0
    uneven: int = 0
    crowded_out: int = 0


IsRefusedFile = Callable[[DatedFile, OpenPost], bool]
"""Whether the creator said that the file is not that post's."""


_Link = tuple[tuple[int, int, timedelta], int, str]
"""The rank of a proposal, the place of its group and the post."""


def propose(
    files: Sequence[DatedFile], posts: Iterable[OpenPost], is_refused: IsRefusedFile
) -> Proposals:
    """Propose posts for files. First come, in the order of time, those that are likeliest when
    every post has one, and soon before it; then the others."""
    ordered = sorted(posts, key=lambda post: post.posted_at)
    times = [post.posted_at for post in ordered]

    def near(file: DatedFile) -> Sequence[OpenPost]:
        first = bisect_left(times, file.date.earliest - SLIP)
        return ordered[first : bisect_right(times, file.date.latest + REACH)]

    groups = list(_group(files, near))
    found = [_proposals(group, near(group[-1]), is_refused) for group in groups]
    bare = [group for group, some in zip(groups, found, strict=True) if not some]
    uneven = sum(len(group) for group in bare if _is_uneven(group, near(group[-1])))
    links = sorted((one.rank, place, one.post) for place, some in enumerate(found) for one in some)
    wanted, likely = _nearest(links), _one_to_one(links)

    def order(place: int) -> tuple[bool, datetime, str]:
        last, first = groups[place][-1], found[place][0]
        soon = first.same_length or abs(first.elapsed) <= LIKELY
        return not (soon and place in likely), last.date.middle, last.path

    def likeliest_first(place: int) -> tuple[Proposal, ...]:
        some = sorted(found[place], key=lambda one: one.post != likely.get(place))
        return tuple(some[:MOST_POSTS])

    return Proposals(
        asked=tuple((groups[at], likeliest_first(at)) for at in sorted(wanted, key=order)),
        out_of_reach=sum(map(len, bare)) - uneven,
        uneven=uneven,
        crowded_out=sum(
            len(groups[at]) for at, some in enumerate(found) if some and at not in wanted
        ),
    )


def reach_of(kind: MediaKind, posts: Iterable[OpenPost]) -> Callable[[Dated], bool] | None:
    """Return whether a file of this kind and a date may be one of the posts, or a picture of it;
    None where there is no such post."""
    times = sorted(post.posted_at for post in posts if _is_of_kind(kind, post))

    def is_in_reach(date: Dated) -> bool:
        first = bisect_left(times, date.earliest - SLIP)
        return first < bisect_right(times, date.latest + REACH)

    return is_in_reach if times else None


def _group(
    files: Sequence[DatedFile], near: Callable[[DatedFile], Sequence[OpenPost]]
) -> Iterator[Group]:
    def sizes_near(picture: DatedFile) -> set[int]:
        return {
            post.pictures for post in near(picture) if (post.pictures or 1) > 1 and post.pictures
        }

    yield from ((one,) for one in files if one.kind is MediaKind.VIDEO)
    yield from group_pictures((one for one in files if one.kind is MediaKind.IMAGE), sizes_near)


def _is_of_kind(kind: MediaKind, post: OpenPost) -> bool:
    return post.kind in (None, Kind.VIDEO if kind is MediaKind.VIDEO else Kind.PHOTOS)


def _is_uneven(group: Group, near: Sequence[OpenPost]) -> bool:
    kind = group[0].kind
    return any(_is_of_kind(kind, one) and one.pictures not in (None, len(group)) for one in near)


def _proposals(
    group: Group, near: Sequence[OpenPost], is_refused: IsRefusedFile
) -> tuple[Proposal, ...]:
    date = group[-1].date  # a post is made after its last picture
    found = [
        Proposal(
            post.post,
            post.number,
            post.posted_at - date.middle,
            not date.zoned,
            _is_same_length(group[0], post),
            _named_moment(group[-1], post),
        )
        for post in near
        if _is_of_kind(group[0].kind, post)
        and post.pictures in (None, len(group))
        and not any(is_refused(file, post) for file in group)
    ]
    found.sort(key=lambda one: (one.rank, one.number))
    # Beside a post of the next day, one of the next month is no help.
    nearest = min((abs(one.elapsed) for one in found), default=REACH)
    far = max(nearest * 3, LIKELY * 2)
    return tuple(one for one in found if one.same_length or abs(one.elapsed) <= far)


def _is_same_length(file: DatedFile, post: OpenPost) -> bool | None:
    if file.seconds is None or post.seconds is None:
        return None
    return abs(file.seconds - post.seconds) <= SAME_LENGTH


def _named_moment(file: DatedFile, post: OpenPost) -> NamedMoment | None:
    named = date_in_name(PurePath(file.path).name)
    if named is None or named.at.date() != post.posted_at.date():
        return None
    if named.whole_day:
        return NamedMoment.DAY
    return NamedMoment.SECOND if named.at == post.posted_at.replace(microsecond=0) else None


def _nearest(links: Iterable[_Link]) -> set[int]:
    """The groups that are among the nearest of a post."""
    by_post: dict[str, list[int]] = defaultdict(list)
    for _, place, post in links:
        if len(by_post[post]) < MOST_FILES:
            by_post[post].append(place)
    return set(chain.from_iterable(by_post.values()))


def _one_to_one(links: Iterable[_Link]) -> dict[int, str]:
    """Give groups posts, one each, the nearest pairs first."""
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, place, post in links:
        if place not in given and post not in taken:
            given[place] = post
            taken.add(post)
    return given
