"""The order in which posts without words are worth some: the most liked for their time first."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.model.notes import Note
from crossover.model.posts import Post
from crossover.schedule.best_first import rate_posts


def order_wordless(notes: Iterable[Note], posts: Iterable[Post]) -> list[str]:
    """List the numbers of the notes whose post has no words of its own: first those whose likes are
    known, by how they stand out, then the others, oldest first."""
    posts = tuple(posts)
    wordless = {post.id for post in posts if not (post.text or post.title)}
    score = {one.number: one.score for one in rate_posts(posts)}
    unknown = min(score.values(), default=0.0) - 1
    found = [note for note in notes if note.post in wordless]
    found.sort(
        key=lambda note: (-score.get(note.post_number, unknown), note.post_number, note.part)
    )
    return [note.number for note in found]
