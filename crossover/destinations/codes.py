"""RedNote's own numbers and words for what a note is."""

from __future__ import annotations

from crossover.model.posts import Declaration, Kind, Visibility

VISIBILITY = {Visibility.PUBLIC: 0, Visibility.ONLY_ME: 1, Visibility.FRIENDS: 4}
"""RedNote's numbers (firm)."""


DECLARATION = {
    Declaration.NONE: 0,
    Declaration.FICTION: 1,
    Declaration.AI: 2,
    Declaration.AD: 3,
    Declaration.SELF_SHOT: 4,
    Declaration.REPOST: 5,
}
"""RedNote's `origin` numbers (firm)."""


NOTE_TYPE = {Kind.PHOTOS: "normal", Kind.VIDEO: "video"}


MIME = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
}


def mime_of(path: str) -> str:
    """The content type, by the ending of a file's name."""
    ending = path[path.rfind(".") :].lower() if "." in path else ""
    return MIME.get(ending, "application/octet-stream")
