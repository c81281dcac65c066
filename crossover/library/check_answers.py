"""Checks the creator's answers about pairs against the posts of a workspace."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.errors import UsageProblem
from crossover.library.posts_file import Library
from crossover.model.next_step import Hint, step


def check_answers(library: Library, paired: Iterable[int], refused: Iterable[int]) -> None:
    """Check the numbers of posts that were paired and refused. Raises `UsageProblem` for one that
    is no post, and for one that is both."""
    paired, refused = set(paired), set(refused)
    if unknown := (paired | refused) - {post.number for post in library.posts}:
        raise UsageProblem(
            f"There is no post {min(unknown)}.",
            next=Hint(step("plan"), " lists all posts by number."),
        )
    if both := paired & refused:
        raise UsageProblem(f"Post {min(both)} is both paired and refused.", next="Say one of them.")
