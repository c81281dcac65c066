"""The numbers of an export, in the shape of `inspect --json`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
