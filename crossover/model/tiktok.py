"""What TikTok's own ids and addresses say."""

from __future__ import annotations

import re
from urllib.parse import quote

from crossover.model.posts import Kind
from crossover.text import one_line

_ID = re.compile(r"(?<![0-9])[0-9]{15,20}(?![0-9])")


def tiktok_id_in(text: str) -> str | None:
    """The TikTok id in a text: itself, or a post's address."""
    found = _ID.findall(text)
    return found[0] if len(found) == 1 else None


_PAGE = re.compile(r"https?://(?:[\w-]+\.)?tiktok\.com/(?:@([\w.-]+))?", re.IGNORECASE)


def is_tiktok_page(address: str) -> bool:
    """Whether an address is one of tiktok.com."""
    return _PAGE.match(address) is not None


def handle_in(page: str) -> str | None:
    """Read the handle in a post's address, without `@`; None where it is `_` or not there."""
    found = _PAGE.match(page)
    return found[1] if found and found[1] not in (None, "_") else None


def clean_handle(said: str | None) -> str | None:
    """The handle that somebody wrote, without `@`. It stands in many sentences and in commands, so
    it is one line of letters that can be seen, whatever was written."""
    return one_line(said or "").removeprefix("@") or None


def id_second(tiktok_id: str) -> int | None:
    """The unix second in a TikTok post id; None for what is no such id."""
    if not (tiktok_id.isascii() and tiktok_id.isdigit() and len(tiktok_id) <= 20):
        return None
    return int(tiktok_id) >> 32


def post_address(handle: str | None, kind: Kind | None, tiktok_id: str | None) -> str | None:
    """Make the address of a post's page on TikTok; None where one of these is not known."""
    if not (handle and kind and tiktok_id):
        return None
    what = "photo" if kind is Kind.PHOTOS else "video"
    return f"https://www.tiktok.com/@{quote(handle)}/{what}/{tiktok_id}"
