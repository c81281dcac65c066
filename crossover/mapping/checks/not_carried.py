"""What a TikTok post says or allows that its note does not take along."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from crossover.model.notes import Change, Level, Problem
from crossover.model.posts import Post

_PLACE = "a place is not sent along: choose it on RedNote"
_ALT_TEXT = "a text for those who do not see the picture is not sent along; it stays in posts.json"
_JOINT = regex.compile(
    r"\s*(?:[#＃](?P<way>stitch|duet)\w*|(?P<way>stitch|duet))\s+\p{L}{1,5}\s+@[\w.]*\w",
    regex.IGNORECASE,
)
"""As TikTok begins the caption of a video that holds one of somebody else."""


def list_not_carried(post: Post) -> Iterator[Change]:
    """Yield what of the post has no place in its note."""
    if post.location:
        yield Change("location", post.location, "", _PLACE)
    if post.alt_text:
        yield Change("alt text", post.alt_text, "", _ALT_TEXT)


def check_not_carried(post: Post) -> Iterator[Problem]:
    """Warn of what a creator may want to see to on RedNote itself."""
    if post.comments is False:
        yield Problem(
            "comments-open",
            Level.WARNING,
            "Comments are off on TikTok; that is not sent along.",
            "Close them on RedNote once the note is there.",
        )
    if joint := _JOINT.match(post.text or ""):
        yield Problem(
            "joint-post",
            Level.WARNING,
            f"Its words say that it is a {joint['way'].lower()}: a part of it is somebody else's video.",
            "Move it only if they agree; else `action: skip` in edits.yaml or in the sheet.",
        )
