"""The post on TikTok that a note comes from, its words marked by what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from rich.text import Text

from crossover.cli.view.dates import day_and_time
from crossover.cli.view.marks import paint_words, plain_lines
from crossover.cli.view.screen import count
from crossover.mapping.marked_words import MarkedWords
from crossover.model.posts import Post, Visibility
from crossover.text import one_line


def tiktok_facts(post: Post) -> Iterator[str]:
    """Yield when it was posted, how long it is, what it got, and who sees it where not everybody
    does."""
    yield day_and_time(post.posted_at, datetime.now(UTC))
    if post.seconds is not None:
        yield f"video {round(post.seconds) // 60}:{round(post.seconds) % 60:02d}"
    if post.likes is not None:
        yield count(post.likes, "like")
    if post.visibility not in (None, Visibility.PUBLIC):
        yield str(post.visibility)


def tiktok_words(post: Post, marked: Sequence[MarkedWords] | None) -> Text:
    """Paint its title and its caption; `marked` is what became of the words, where that is known."""
    title = Text(one_line(post.title or ""), "bold")
    caption = paint_words(marked) if marked is not None else Text(plain_lines(post.text or ""))
    if not caption.plain.strip():
        caption = Text("(no caption)", "dim")
    return Text("\n").join([title, caption] if title else [caption])


def tiktok_extras(post: Post) -> Iterator[str]:
    """Yield what it plays and where it was, which no note carries."""
    if post.sound:
        yield f"Sound: {one_line(post.sound)}"
    if post.location:
        yield f"Place: {one_line(post.location)}"
