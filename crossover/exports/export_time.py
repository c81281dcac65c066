"""When TikTok made an export: by its file name, or by how long its links live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from crossover.exports.archive.bundle import Bundle, Member
from crossover.exports.links import PHOTO_LINK_LIFE, VIDEO_LINK_LIFE, parse_unix_time
from crossover.model.posts import Kind, Post

_NAME_TIME = re.compile(r"TikTok_Data_([0-9]{9,10})(?![0-9])", re.IGNORECASE)


_CLOCKS_DIFFER = timedelta(days=2)


def find_time_in_name(name: str) -> datetime | None:
    """Find the time in `TikTok_Data_<unix seconds>`, as ZIPs and their folders are called (UTC).
    One in the future is not believed: every later export would count as older than it."""
    found = _NAME_TIME.search(name)
    moment = parse_unix_time(found[1]) if found else None
    return moment if moment and moment <= datetime.now(UTC) + _CLOCKS_DIFFER else None


def find_export_time(
    bundle: Bundle, member: Member, posts: Sequence[Post]
) -> tuple[datetime | None, Literal["name", "links"] | None]:
    """Find when the export was made (UTC) and how that is known: by the name of the ZIP or folder,
    or for an unpacked export by its links."""
    path = bundle.path.absolute()
    for name in (member.name, path.name, path.parent.name):
        if moment := find_time_in_name(name):
            return moment, "name"
    made = sorted(moment for post in posts for moment in _times_by_links(post))
    # The middle one: a single odd link must not decide.
    return (made[(len(made) - 1) // 2], "links") if made else (None, None)


def _times_by_links(post: Post) -> list[datetime]:
    if post.kind is None:
        return []
    life = VIDEO_LINK_LIFE if post.kind is Kind.VIDEO else PHOTO_LINK_LIFE
    return [link.expires - life for link in post.links if link.expires]
