"""Whether the posts have all their files here, and so no link of the export matters any more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from crossover.exports.links import is_page_link
from crossover.library.posts_file import Library
from crossover.model.posts import Kind, Post


def all_saved(library: Library, root: Path) -> bool:
    """Whether every readable post has all its files in the workspace at `root`."""
    return bool(library.posts) and all(_is_saved(post, root) for post in library.posts)


def links_matter(library: Library, now: datetime) -> bool:
    """Whether a link to a file of the posts is alive, or may be. `now` is aware."""
    return any(
        (link.expires is None or link.expires > now) and not is_page_link(link.url)
        for post in library.posts
        for link in post.links
    )


def _is_saved(post: Post, root: Path) -> bool:
    lacks_pictures = post.kind is Kind.PHOTOS and len(post.links) > len(post.media)
    files = (root / file.path for file in post.media)
    return bool(post.media) and not lacks_pictures and all(path.is_file() for path in files)
