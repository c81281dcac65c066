"""The summary of an export, as `inspect --json` prints it: counts, dates, deadlines, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crossover.exports.base import Export, ExportProblem
from crossover.exports.counts import (
    AccountFacts,
    Dates,
    Deadlines,
    ExportFacts,
    KindLinks,
    LinkCounts,
    PostCounts,
)
from crossover.exports.damage import DAMAGE
from crossover.exports.links import is_page_link
from crossover.exports.problems import find_problems
from crossover.model.posts import Kind, Post, Unreadable, Visibility
from crossover.storage.documents import utc_text

_UNFORETOLD = timedelta(days=2)
"""How far ahead of this computer's clock a post may be: clocks differ, and time zones."""

_FIRST_POSTS = datetime(2014, 1, 1, tzinfo=UTC)
"""Older dates are not believed, as with the links' times."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Serialises to the document of `inspect --json`. Holds no link and no text of a post."""

    export: ExportFacts
    account: AccountFacts
    posts: PostCounts
    dates: Dates
    links: LinkCounts
    unreadable: tuple[Unreadable, ...]
    problems: tuple[ExportProblem, ...]

    @property
    def incomplete(self) -> bool:
        """Whether something of the posts is lost: a record, the end of a file, or a file."""
        codes = {problem.code for problem in self.problems}
        return bool(self.unreadable) or not codes.isdisjoint(DAMAGE)


def summarise(export: Export, now: datetime) -> Summary:
    """Count posts and links, and find dates, deadlines and problems, as of `now` (aware)."""
    posts = export.posts
    unlikely = [post for post in posts if not _FIRST_POSTS <= post.posted_at <= now + _UNFORETOLD]
    counts = _count_posts(export, unlikely)
    links = _count_links(posts, now)
    return Summary(
        export=ExportFacts(
            format=export.format,
            layout=export.layout,
            file=export.file,
            posts_section=export.posts_section,
            made=utc_text(export.made) if export.made else None,
        ),
        account=AccountFacts(export.profile.handle, export.profile.name),
        posts=counts,
        dates=Dates(
            first=utc_text(posts[0].posted_at) if posts else None,
            last=utc_text(posts[-1].posted_at) if posts else None,
        ),
        links=links,
        unreadable=export.unreadable,
        problems=tuple(find_problems(export, links, unlikely)),
    )


def _count_posts(export: Export, unlikely: Sequence[Post]) -> PostCounts:
    posts = export.posts
    photo_posts = [post for post in posts if post.kind is Kind.PHOTOS]
    videos = sum(post.kind is Kind.VIDEO for post in posts)
    return PostCounts(
        total=export.found,
        videos=videos,
        photo_posts=len(photo_posts),
        kind_unknown=len(posts) - videos - len(photo_posts),
        images=sum(not is_page_link(link.url) for post in photo_posts for link in post.links),
        only_me=sum(post.visibility is Visibility.ONLY_ME for post in posts),
        with_title=sum(bool(post.title or post.text) for post in posts),
        with_text=sum(post.text is not None for post in posts),
        without_link=sum(not post.links for post in posts),
        deleted=export.deleted,
        stories=export.stories,
        unreadable=len(export.unreadable),
        by_year=_count_by_year(posts, unlikely),
    )


def _count_by_year(posts: Sequence[Post], unlikely: Sequence[Post]) -> dict[str, int]:
    years = Counter(post.posted_at.year for post in posts)
    likely = years - Counter(post.posted_at.year for post in unlikely)
    between = range(min(likely), max(likely) + 1) if likely else ()
    return {str(year): years[year] for year in sorted({*years, *between})}


def _count_links(posts: Sequence[Post], now: datetime) -> LinkCounts:
    photos = _count_kind_links(posts, Kind.PHOTOS, now)
    videos = _count_kind_links(posts, Kind.VIDEO, now)
    others = _count_kind_links(posts, None, now)
    kinds = (photos, videos, others)
    return LinkCounts(
        live=sum(one.live for one in kinds),
        expired=sum(one.expired for one in kinds),
        unknown=sum(one.unknown for one in kinds),
        pages=sum(one.pages for one in kinds),
        deadlines=Deadlines(photos.deadline, videos.deadline, others.deadline),
        photos=photos,
        videos=videos,
        others=others,
    )


def _count_kind_links(posts: Iterable[Post], kind: Kind | None, now: datetime) -> KindLinks:
    unknown = pages = 0
    ends: list[datetime] = []
    for post in posts:
        if post.kind is not kind or not post.links:
            continue
        end = min((link.expires for link in post.links if link.expires), default=None)
        if end is None:
            unknown += 1
            pages += all(is_page_link(link.url) for link in post.links)
        else:
            ends.append(end)
    ahead, past = [e for e in ends if e > now], [e for e in ends if e <= now]
    return KindLinks(
        live=len(ahead),
        expired=len(past),
        unknown=unknown,
        pages=pages,
        deadline=utc_text(min(ahead)) if ahead else None,
        died=utc_text(max(past)) if past else None,
    )
