"""What an export holds and what to do first, as `inspect --json` prints it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crossover.exports.base import Export, ExportProblem
from crossover.exports.links import is_page
from crossover.files import utc_text
from crossover.model import Kind, Post, Visibility

_TICK_BOXES = (
    "In TikTok: Settings > Account > Download your data. Tick Posts and Profile, choose JSON, "
    "wait for the file, and name it here."
)


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
    `by_year` has every year (UTC) from the first post to the last, also those without any."""

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


@dataclass(frozen=True, slots=True)
class KindLinks:
    """The posts of one kind by their links. `deadline` is when the first link dies that still
    lives, `died` when the last one died that does not; None when there is no such link."""

    live: int
    expired: int
    unknown: int
    deadline: str | None
    died: str | None


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """Posts by their links: a post is live while all of its links are, and without a link in
    none of the three. `photos` and `videos` tell the same by kind."""

    live: int
    expired: int
    unknown: int
    deadlines: Deadlines
    photos: KindLinks
    videos: KindLinks


@dataclass(frozen=True, slots=True)
class Summary:
    """Serialises to the document of `inspect --json`. Holds no link and no text of a post."""

    export: ExportFacts
    account: AccountFacts
    posts: PostCounts
    dates: Dates
    links: LinkCounts
    problems: tuple[ExportProblem, ...]


def summarise(export: Export, now: datetime) -> Summary:
    """Counts, dates, deadlines and problems of an export, as of `now` (aware)."""
    counts = _counts(export)
    links = _links(export.posts, now)
    posts = export.posts
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
        problems=tuple(_problems(export, counts, links)),
    )


def _counts(export: Export) -> PostCounts:
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
        by_year=_by_year(posts),
    )


def _by_year(posts: Sequence[Post]) -> dict[str, int]:
    if not posts:
        return {}
    years = Counter(post.posted_at.year for post in posts)
    return {str(year): years[year] for year in range(min(years), max(years) + 1)}


def _links(posts: Sequence[Post], now: datetime) -> LinkCounts:
    kinds = {kind: _kind_links(posts, kind, now) for kind in (Kind.PHOTOS, Kind.VIDEO, None)}
    photos, videos = kinds[Kind.PHOTOS], kinds[Kind.VIDEO]
    return LinkCounts(
        live=sum(one.live for one in kinds.values()),
        expired=sum(one.expired for one in kinds.values()),
        unknown=sum(one.unknown for one in kinds.values()),
        deadlines=Deadlines(photos=photos.deadline, videos=videos.deadline),
        photos=photos,
        videos=videos,
    )


def _kind_links(posts: Iterable[Post], kind: Kind | None, now: datetime) -> KindLinks:
    unknown = 0
    ends: list[datetime] = []
    for post in posts:
        if post.kind is not kind or not post.links:
            continue
        end = min((link.expires for link in post.links if link.expires), default=None)
        if end is None:
            unknown += 1
        else:
            ends.append(end)
    ahead, past = [e for e in ends if e > now], [e for e in ends if e <= now]
    return KindLinks(
        live=len(ahead),
        expired=len(past),
        unknown=unknown,
        deadline=utc_text(min(ahead)) if ahead else None,
        died=utc_text(max(past)) if past else None,
    )


def _problems(export: Export, counts: PostCounts, links: LinkCounts) -> Iterable[ExportProblem]:
    if export.posts_section == "absent":
        yield ExportProblem(
            "posts-not-requested",
            "This export was made without your posts: other boxes were ticked."
            + (f" It holds: {', '.join(export.sections)}." if export.sections else ""),
            _TICK_BOXES,
        )
    elif counts.total == 0:
        yield ExportProblem(
            "no-posts",
            "The post section of this export is there, and empty.",
            f"If the account has posts: {_TICK_BOXES}",
        )
    yield from export.problems
    if export.left_out:
        one = export.left_out[0]
        yield ExportProblem(
            "left-out",
            f"{_files(len(export.left_out))} left out: {one.name}, because {one.reason}"
            + (", and others." if len(export.left_out) > 1 else "."),
            "Nothing to do, if you did not put them there: no export needs them.",
        )
    if export.unknown_keys:
        yield ExportProblem(
            "unknown-keys",
            f"Fields that are new to crossover were passed over: {', '.join(export.unknown_keys)}.",
            "Nothing to do; it may be worth telling us their names.",
        )
    if counts.unreadable:
        yield ExportProblem(
            "unreadable-records",
            f"{_posts(counts.unreadable)} cannot be read; the others are not affected.",
            "Download the export again from TikTok; if you edited the file, undo that.",
        )
    if links.live:
        first = min(filter(None, (links.deadlines.photos, links.deadlines.videos)), default=None)
        yield ExportProblem(
            "links-expire-soon",
            f"{_posts(links.live)} can still be downloaded through the export's links"
            + (f"; the first link dies at {first}." if first else "."),
            "Save your photos and videos before then, with `crossover migrate` or, after "
            "`crossover add`, with `crossover fetch`: photo links live 4 days, video links 10.",
        )
    if links.expired:
        yield ExportProblem(
            "links-expired",
            f"The links of {_posts(links.expired)} are dead: TikTok lets them live 4 days "
            "(photos) or 10 days (videos).",
            "Ask TikTok for a new export (free), or add your own files with `crossover add`.",
        )
    if counts.without_link:
        yield ExportProblem(
            "posts-without-link",
            f"{_posts(counts.without_link)} came without a link to a file.",
            "Add your own files of these posts with `crossover add`.",
        )
    wordless = len(export.posts) - counts.with_text
    if wordless:
        yield ExportProblem(
            "no-words",
            f"{_posts(wordless)} came without words: TikTok leaves captions and hashtags out of "
            "exports.",
            "`crossover captions` reads them from your public page: keep your TikTok profile public "
            "and alive until then.",
        )


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count:,} files were"


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count:,} posts"
