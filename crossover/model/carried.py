"""What a note carried when it was sent: the plan may have changed since."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Carried:
    """What a note carried when its publish call was about to be made.

    `text` is its description, `cover` the sha256 of its cover. `cut` has, for every part of its
    post in order, the sha256 of the part's files, as the plan then was. `plain_topics` are the
    topics that went along as plain `#name`, as the site knew none of that name; None where that is
    not known, as in a row of an earlier version.
    """

    text: str
    cover: str | None
    cut: tuple[tuple[str, ...], ...]
    plain_topics: tuple[str, ...] | None = None

    def files(self, part: int) -> tuple[str, ...]:
        """Return the sha256 of the files of that part, none where there was no such part."""
        return self.cut[part - 1] if part <= len(self.cut) else ()
