"""What of an account stays on TikTok, whatever is moved."""

from __future__ import annotations

from crossover.cli.view.screen import count, say


def show_not_moved(*, deleted: int, stories: int = 0) -> None:
    """Say it in one line, with what the export is known to hold of it."""
    held = [
        *([count(deleted, "recently deleted post")] if deleted else []),
        *([count(stories, "story", "stories")] if stories else []),
    ]
    known = f" Of these the export holds {' and '.join(held)}." if held else ""
    say(
        "Not moved, now or later: likes, comments, followers, sounds, drafts, stories and deleted"
        f" posts.{known}",
        style="dim",
    )
