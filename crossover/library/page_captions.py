"""Bring the captions of a creator's own TikTok page into their workspace."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from crossover.captions.ytdlp import ListedPage, parse_handle
from crossover.errors import UsageProblem
from crossover.library.add import AddResult
from crossover.library.gathering import Gathered
from crossover.library.keep import keep
from crossover.library.posts_file import Library
from crossover.library.update import add
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.posts import Kind, Post
from crossover.workspace import Workspace

log = logging.getLogger(__name__)


class Lack(StrEnum):
    """Why a post has no caption of its own after its page was listed."""

    UNSURE = "unsure"
    """Several captions come into question."""
    NO_CAPTION = "no-caption"
    """It is listed, without a caption."""
    NOT_PUBLIC = "not-public"
    PHOTOS = "photos"
    """It is not listed, and has photos; yt-dlp may not see all of those."""
    NOT_LISTED = "not-listed"


@dataclass(frozen=True, slots=True)
class PageResult:
    """What a listed page gave, and how many posts lack a caption for which reason."""

    page: ListedPage
    added: AddResult
    lacks: Mapping[Lack, int]


def choose_handle(name: str | None, library: Library) -> str:
    """The handle of the page to read: the export's own, or `name` where that does not tell it.

    Raises `UsageProblem` where neither tells one, and for another account's.
    """
    own = library.handle
    if name is None and own is None:
        raise UsageProblem(
            "Your export does not tell your TikTok name.",
            next=Hint("Say it: ", step("captions", Placeholder("@name"))),
        )
    handle = parse_handle(name or own or "")
    if own is not None and handle.casefold() != own.casefold():
        raise UsageProblem(
            f"@{handle} is another account: this workspace is of @{own}.",
            next="Leave the name out to read your own page, or name the other workspace with -w DIR.",
        )
    return own or handle


def posts_on_page(library: Library) -> frozenset[str]:
    """Find the posts without a caption, by id, whose captions a read of the page may bring: none
    once it was read, or where it is gone."""
    if library.listed or library.tiktok_gone:
        return frozenset()
    return frozenset(post.id for post in library.posts if post.may_be_listed and not post.text)


def add_page(library: Library, workspace: Workspace, page: ListedPage) -> PageResult:
    """Join the captions of a listed page to the posts, and keep them, also of a list that broke
    off. The caller holds the workspace."""
    log.info("yt-dlp %s listed %d posts", page.version, len(page.words))
    found = Gathered(words=page.words, wordless=page.wordless)
    gone = None if page.words else library.tiktok_gone
    added = add(replace(library, listed=True, tiktok_gone=gone), found)
    kept = keep(added, workspace)
    result = AddResult(found, added, kept.library, laid_aside=kept.laid_aside)
    return PageResult(page, result, _count_lacks(kept.library, page))


def _count_lacks(library: Library, page: ListedPage) -> Mapping[Lack, int]:
    """Count the posts without a sure caption, by the reason."""
    listed = {words.tiktok_id for words in page.words}
    lacks = (_find_lack(post, listed) for post in library.posts)
    return Counter(lack for lack in lacks if lack is not None)


def _find_lack(post: Post, listed: Collection[str]) -> Lack | None:
    if post.in_question:
        return Lack.UNSURE
    if post.text:
        return None
    if post.tiktok_id in listed:
        return Lack.NO_CAPTION
    if not post.may_be_listed:
        return Lack.NOT_PUBLIC
    return Lack.PHOTOS if post.kind is Kind.PHOTOS else Lack.NOT_LISTED
