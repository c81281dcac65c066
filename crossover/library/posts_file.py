"""What posts.json holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crossover.captions.caption import Caption
from crossover.library.posts_version_1 import upgrade
from crossover.model.posts import Post, Unreadable
from crossover.storage.documents import read_document, write_document

_VERSION = 2


@dataclass(frozen=True, slots=True)
class Library:
    """What posts.json holds. `posts` are oldest first; `made` is when the newest export was made
    of which that is known. Nothing else of an export is kept.

    `unsettled` are words that may belong to one of several posts, and those that were in question
    and nobody has now: the creator may change their mind. `listed`: a listing of the public page
    came once, or the words of most posts, so a post without words is not simply waiting for
    that. `tiktok_gone`: when the creator said that their account on TikTok is deleted."""

    handle: str | None = None
    name: str | None = None
    posts: tuple[Post, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    deleted: int = 0
    made: datetime | None = None
    unsettled: tuple[Caption, ...] = ()
    listed: bool = False
    tiktok_gone: datetime | None = None


def read_library(path: Path) -> Library:
    """Read the posts of a workspace; empty before the first `add`. Raises what
    `read_document` raises."""
    if not path.exists():
        return Library()
    return read_document(path, "posts", _VERSION, Library, {1: upgrade})


def write_library(path: Path, library: Library) -> None:
    """Write posts.json. Raises what `write_document` raises."""
    write_document(path, "posts", _VERSION, library)
