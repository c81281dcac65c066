"""What an export holds and what to do first, as `inspect --json` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from crossover.exports.advice import problems_of
from crossover.exports.base import Export, ExportProblem
from crossover.exports.damage import DAMAGE
from crossover.exports.links import is_page
from crossover.model.posts import Kind, Post, Unreadable, Visibility
from crossover.storage.documents import utc_text

_UNFORETOLD = timedelta(days=2)
"""How far ahead of this computer's clock a post may be: clocks differ, and time zones."""

_FIRST_POSTS = datetime(2014, 1, 1, tzinfo=UTC)
"""Older dates are not believed, as with the links' times."""


@dataclass(frozen=True, slots=True)
class ExportFacts:
    format: Literal["json", "txt"]
    layout: str | None
    file: str
    posts_section: Literal["present", "absent"]
    made: str | None


@dataclass(frozen=True, slots=True)
class AccountFacts:
    handle: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class PostCounts:
    """`total` = videos + photo posts + kind unknown + unreadable; deleted posts and stories are
    counted apart. `with_title` counts filled titles, a video's too, which is then its text.
    `by_year` has every year (UTC) from the first likely post to the last, also those without any,
    and of unlikely dates only the years that have posts."""

    total: int
    videos: int
    photo_posts: int
    kind_unknown: int
    images: int
    only_me: int
    with_title: int
    with_text: int
    without_link: int
    deleted: int
    stories: int
    unreadable: int
    by_year: dict[str, int]


@dataclass(frozen=True, slots=True)
class Dates:
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When the first link of a kind dies that still lives; None when none does."""

    photos: str | None
    videos: str | None
    others: str | None


@dataclass(frozen=True, slots=True)
class KindLinks:
    """The posts of one kind by their links. `deadline` is when the first link dies that still
    lives, `died` when the last one died that does not; None when there is no such link. `pages` are
    those of `unknown` whose links all lead to TikTok's pages: there is no file behind them."""

    live: int
    expired: int
    unknown: int
    pages: int
    deadline: str | None
    died: str | None


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Posts by their links: a post is live while all of its links are, and without a link in
    none of the three; of `unknown`, `pages` have no link to a file. `photos`, `videos` and `others`
    (the kind is not known) tell the same by kind."""

    live: int
    expired: int
    unknown: int
    pages: int
    deadlines: Deadlines
    photos: KindLinks
    videos: KindLinks
    others: KindLinks


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
    """Counts, dates, deadlines and problems of an export, as of `now` (aware)."""
    posts = export.posts
    unlikely = [post for post in posts if not _FIRST_POSTS <= post.posted_at <= now + _UNFORETOLD]
    counts = _counts(export, unlikely)
    links = _links(posts, now)
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
        problems=tuple(problems_of(export, links, unlikely)),
    )


def _counts(export: Export, unlikely: Sequence[Post]) -> PostCounts:
    posts = export.posts
    photo_posts = [post for post in posts if post.kind is Kind.PHOTOS]
    videos = sum(post.kind is Kind.VIDEO for post in posts)
    return PostCounts(
        total=export.found,
        videos=videos,
        photo_posts=len(photo_posts),
        kind_unknown=len(posts) - videos - len(photo_posts),
        images=sum(not is_page(link.url) for post in photo_posts for link in post.links),
        only_me=sum(post.visibility is Visibility.ONLY_ME for post in posts),
        with_title=sum(bool(post.title or post.text) for post in posts),
        with_text=sum(post.text is not None for post in posts),
        without_link=sum(not post.links for post in posts),
        deleted=export.deleted,
        stories=export.stories,
        unreadable=len(export.unreadable),
        by_year=_by_year(posts, unlikely),
    )


def _by_year(posts: Sequence[Post], unlikely: Sequence[Post]) -> dict[str, int]:
    years = Counter(post.posted_at.year for post in posts)
    likely = years - Counter(post.posted_at.year for post in unlikely)
    between = range(min(likely), max(likely) + 1) if likely else ()
    return {str(year): years[year] for year in sorted({*years, *between})}


def _links(posts: Sequence[Post], now: datetime) -> LinkCounts:
    photos = _kind_links(posts, Kind.PHOTOS, now)
    videos = _kind_links(posts, Kind.VIDEO, now)
    others = _kind_links(posts, None, now)
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


def _kind_links(posts: Iterable[Post], kind: Kind | None, now: datetime) -> KindLinks:
    unknown = pages = 0
    ends: list[datetime] = []
    for post in posts:
        if post.kind is not kind or not post.links:
            continue
        end = min((link.expires for link in post.links if link.expires), default=None)
        if end is None:
            unknown += 1
            pages += all(is_page(link.url) for link in post.links)
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
