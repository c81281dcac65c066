"""What the links of an export tell: how long they live, what they lead to, whose post it is.

A storage link is signed: it is kept byte for byte, because re-encoding it breaks the signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

from crossover.exports.keys import filled
from crossover.model import Kind, Link, MediaKind

VIDEO_LINK_LIFE = timedelta(days=10)
"""From the making of the export to the end of its video links (seen in two or more exports)."""

PHOTO_LINK_LIFE = timedelta(days=4)
"""The same for photos, and for covers, which are rounded to the hour (two or more exports)."""

_EXPIRY = ("x-tos-expires", "x-expires", "expire")
_PLAUSIBLE = (datetime(2014, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_PAGE = re.compile(r"/(video|photo|v)/([0-9]+)(?:[/.]|$)")
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|webp|heic|image)$", re.IGNORECASE)
_VIDEO_NAME = re.compile(r"\.(?:mp4|mov|m4v|webm)$", re.IGNORECASE)


def split_links(value: str | None) -> tuple[str, ...]:
    """The URLs of a `Link` value: one for a video; for a photo post several, joined by line
    feeds (2025) or blanks (2024, one tool). Anything that is not http(s) is no link."""
    text = filled(value)
    if text is None:
        return ()
    found = (unwrap(part) for part in text.split())
    return tuple(url for url in found if _is_http(url))


def unwrap(url: str) -> str:
    """The link inside a `redirect_url=` wrapper, as some exports had it (one source)."""
    for _ in range(3):
        _, _, after = url.partition("redirect_url=")
        if not after:
            return url
        # An encoded value ends at the next parameter; a plain one has parameters of its own.
        inner = after if "://" in after.split("&", 1)[0] else unquote(after.split("&", 1)[0])
        if not _is_http(inner):
            return url
        url = inner
    return url


def read_link(url: str) -> Link:
    """One link with its expiry and what it leads to, as far as the link itself tells."""
    return Link(url=url, kind=media_kind(url), expires=expiry(url))


def expiry(url: str) -> datetime | None:
    """When the link dies, or None when it does not say."""
    query = url.partition("?")[2].partition("#")[0]
    said: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        said.setdefault(name.lower(), value)
    for name in _EXPIRY:
        moment = unix_moment(said.get(name, ""))
        if moment is not None:
            return moment
    return None


def unix_moment(digits: str) -> datetime | None:
    """Unix seconds as a time, where they are ones an export could hold (2014 to 2099)."""
    if not re.fullmatch(r"[0-9]{9,10}", digits):
        return None
    moment = datetime.fromtimestamp(int(digits), UTC)
    return moment if _PLAUSIBLE[0] <= moment < _PLAUSIBLE[1] else None


def media_kind(url: str) -> MediaKind | None:
    """Video or image, by the link alone; of a page's link, what the page shows."""
    path = _path(url)
    if "mime_type=video" in url:
        return MediaKind.VIDEO
    if page := _PAGE.search(path):
        return MediaKind.IMAGE if page[1] == "photo" else MediaKind.VIDEO
    if "photomode" in path or _IMAGE_NAME.search(path):
        return MediaKind.IMAGE
    if "/storage/" in path or "/kfc/" in path or _VIDEO_NAME.search(path):
        return MediaKind.VIDEO
    # One tool found `jpeg` anywhere in the URL to be enough.
    return MediaKind.IMAGE if "jpeg" in url.lower() else None


def post_kind(links: Sequence[Link]) -> Kind | None:
    """What the post is. Videos and photo posts share one list, so only the links tell; a photo
    post may hold a single image, a video never has several links."""
    kinds = {link.kind for link in links}
    if MediaKind.IMAGE in kinds or (len(links) > 1 and kinds != {MediaKind.VIDEO}):
        return Kind.PHOTOS
    return Kind.VIDEO if MediaKind.VIDEO in kinds else None


def is_page(url: str) -> bool:
    """Whether the link leads to a TikTok page instead of a file; a page's link never dies."""
    return _PAGE.search(_path(url)) is not None


def tiktok_id(url: str) -> str | None:
    """The post's id on TikTok, which only a page's link holds."""
    page = _PAGE.search(_path(url))
    return page[2] if page and 15 <= len(page[2]) <= 20 else None


def object_key(url: str) -> str | None:
    """The name of the stored object, the same in every export while signatures change: the path
    without query and without `~tplv-…`, which only says how a picture is delivered."""
    path = _path(url)
    if "/storage/" in path or "/kfc/" in path or "photomode" in path:
        return path.partition("~")[0].lstrip("/")
    return None


def _is_http(url: str) -> bool:
    return url[:8].lower().startswith(("https://", "http://"))


def _path(url: str) -> str:
    # By hand: urlsplit raises on some broken hosts, and only the path is wanted.
    rest = url.partition("://")[2].partition("#")[0].partition("?")[0]
    return "/" + rest.partition("/")[2]
