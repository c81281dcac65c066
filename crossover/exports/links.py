"""Parses the links of an export: when they expire, what they lead to, which post they are of.

A storage link is signed: it is kept byte for byte, because re-encoding it breaks the signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from crossover.exports.keys import none_if_empty
from crossover.model.posts import Kind, Link, MediaKind

VIDEO_LINK_LIFE = timedelta(days=10)
"""From the making of the export to the end of its video links (seen in two or more exports)."""

PHOTO_LINK_LIFE = timedelta(days=4)
"""The same for photos, and for covers, which are rounded to the hour (two or more exports)."""

_EXPIRY = ("&x-tos-expires=", "&x-expires=", "&expire=")
_PLAUSIBLE = (datetime(2014, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_SCHEMES = ("https://", "http://")
_PAGE = re.compile(r"/(video|photo|v)/([0-9]+)(?:[/.]|$)")
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|webp|heic|image)$", re.IGNORECASE)
_VIDEO_NAME = re.compile(r"\.(?:mp4|mov|m4v|webm)$", re.IGNORECASE)


def split_links(value: str | None) -> tuple[str, ...]:
    """Split the URLs of a `Link` value: one for a video; for a photo post several, joined by line
    feeds (2025) or blanks (2024, one tool). Anything that is not http(s) is no link."""
    text = none_if_empty(value)
    if text is None:
        return ()
    parts = text.split()
    if "redirect_url=" in text:
        parts = [unwrap_redirect(part) for part in parts]
    return tuple([part for part in parts if _is_http(part)])


def unwrap_redirect(url: str) -> str:
    """Take the link out of a `redirect_url=` wrapper, as some exports had it (one source)."""
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


class ParsedLink(NamedTuple):
    """A link with what its path says of the post: the stored object's key, or the id of the
    page."""

    link: Link
    object_key: str | None
    tiktok_id: str | None


def parse_link(url: str) -> ParsedLink:
    """Parse one link: its expiry and what it leads to, as far as the link itself says."""
    # By hand: urlsplit raises on some broken hosts, and is slow for thousands.
    address, _, query = (url.partition("#")[0] if "#" in url else url).partition("?")
    path = address[address.find("/", 8) :] if "/" in address[8:] else ""
    expires = _find_expiry(query) if query else None
    # A stored object's name stays while signatures change, and without `~tplv-…`, which only
    # says how a picture is delivered, it is the same in every export.
    photos = "photomode" in path
    if photos or "/storage/" in path or "/kfc/" in path:
        kind = MediaKind.IMAGE if photos else MediaKind.VIDEO
        return ParsedLink(Link(url, kind, expires), path.partition("~")[0].lstrip("/"), None)
    if page := _PAGE.search(path):
        kind = MediaKind.IMAGE if page[1] == "photo" else MediaKind.VIDEO
        tiktok_id = page[2] if 15 <= len(page[2]) <= 20 else None
        return ParsedLink(Link(url, kind, expires), None, tiktok_id)
    return ParsedLink(Link(url, _guess_kind(url, path), expires), None, None)


def _guess_kind(url: str, path: str) -> MediaKind | None:
    if "mime_type=video" in url:
        return MediaKind.VIDEO
    if _IMAGE_NAME.search(path):
        return MediaKind.IMAGE
    if _VIDEO_NAME.search(path):
        return MediaKind.VIDEO
    # One tool found `jpeg` anywhere in the URL to be enough.
    return MediaKind.IMAGE if "jpeg" in url.lower() else None


def _find_expiry(query: str) -> datetime | None:
    """Find when the link expires (UTC), None when it does not say."""
    pairs = f"&{query.lower()}&"
    for name in _EXPIRY:
        at = pairs.find(name) + len(name)
        if at >= len(name) and (moment := parse_unix_time(pairs[at : pairs.index("&", at)])):
            return moment
    return None


@lru_cache(maxsize=1024)
def parse_unix_time(digits: str) -> datetime | None:
    """Parse unix seconds as a time (UTC); None outside of what an export could hold (2014 to
    2099)."""
    if not re.fullmatch(r"[0-9]{9,10}", digits):
        return None
    moment = datetime.fromtimestamp(int(digits), UTC)
    return moment if _PLAUSIBLE[0] <= moment < _PLAUSIBLE[1] else None


def infer_post_kind(links: Sequence[Link]) -> Kind | None:
    """Infer a post's kind from its links, since videos and photo posts share one list. A photo post
    may hold a single image, a video never has several links."""
    kinds = [link.kind for link in links]
    videos = kinds.count(MediaKind.VIDEO)
    if MediaKind.IMAGE in kinds or (len(kinds) > 1 and videos < len(kinds)):
        return Kind.PHOTOS
    return Kind.VIDEO if videos else None


def is_page_link(url: str) -> bool:
    """Whether the link leads to a TikTok page instead of a file; a page's link never dies."""
    return _PAGE.search(url.partition("#")[0].partition("?")[0]) is not None


def _is_http(url: str) -> bool:
    return url.startswith(_SCHEMES) or url[:8].lower().startswith(_SCHEMES)
