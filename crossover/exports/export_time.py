"""When TikTok made an export: by the name it was given, or by how long its links live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from crossover.exports.archive.bundle import Bundle, Member
from crossover.exports.links import PHOTO_LINK_LIFE, VIDEO_LINK_LIFE, unix_moment
from crossover.model.posts import Kind, Post

_NAME_TIME = re.compile(r"TikTok_Data_([0-9]{9,10})(?![0-9])", re.IGNORECASE)


_CLOCKS_DIFFER = timedelta(days=2)


def named_time(name: str) -> datetime | None:
    """The time in `TikTok_Data_<unix seconds>`, as ZIPs and their folders are called. One that
    lies ahead is not believed: every later export would count as older than it."""
    found = _NAME_TIME.search(name)
    moment = unix_moment(found[1]) if found else None
    return moment if moment and moment <= datetime.now(UTC) + _CLOCKS_DIFFER else None


def made_at(
    bundle: Bundle, member: Member, posts: Sequence[Post]
) -> tuple[datetime | None, Literal["name", "links"] | None]:
    """TikTok puts the time into the ZIP's name; an unpacked export tells it by its links."""
    path = bundle.path.absolute()
    for name in (member.name, path.name, path.parent.name):
        if moment := named_time(name):
            return moment, "name"
    made = sorted(moment for post in posts for moment in _made_by_links(post))
    # The middle one: a single odd link must not decide.
    return (made[(len(made) - 1) // 2], "links") if made else (None, None)


def _made_by_links(post: Post) -> list[datetime]:
    if post.kind is None:
        return []
    life = VIDEO_LINK_LIFE if post.kind is Kind.VIDEO else PHOTO_LINK_LIFE
    return [link.expires - life for link in post.links if link.expires]
