"""RedNote's own numbers and words for what a note is."""

from __future__ import annotations

from crossover.limits.limits import load_limits
from crossover.model.account import SiteName
from crossover.model.posts import Kind, Visibility

VISIBILITY = {Visibility.PUBLIC: 0, Visibility.ONLY_ME: 1, Visibility.FRIENDS: 4}
"""RedNote's numbers (firm)."""

VISIBILITY_OF = {number: visibility for visibility, number in VISIBILITY.items()}
"""What each of them means."""


DECLARATION = {
    one: limit.value for one, limit in load_limits(SiteName.REDNOTE).declarations.items()
}
"""RedNote's `origin` numbers; the limits say how sure each is."""


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
