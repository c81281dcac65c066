"""TikTok's names of sections and fields, normalised to be compared: between 2020 and 2026 their
letters, blanks and signs changed at least five times, the words did not (many real exports)."""

from __future__ import annotations

import re
from functools import lru_cache

SECTIONS = frozenset(
    {
        "activity",
        "adsanddata",
        "appsettings",
        "comment",
        "directmessage",
        "directmessages",
        "incomepluswallettransactions",
        "incomewallet",
        "likesandfavorites",
        "likesandfavourites",
        "locationreview",
        "poireview",
        "post",
        "profile",
        "profileandsettings",
        "tiktoklive",
        "tiktokshop",
        "tiktokshopping",
        "video",
        "youractivity",
    }
)
"""The top-level sections of every layout since 2020. One of them makes a file an export."""

RECORD_KEYS = frozenset(
    {
        "addyourstext",
        "aigeneratedcontent",
        "allowcomments",
        "allowduets",
        "allowsharingtostory",
        "allowstickers",
        "allowstitches",
        "alternatetext",
        "contentdisclosure",
        "coverimage",
        "date",
        "likes",
        "link",
        "location",
        "numberofcollections",
        "sound",
        "title",
        "videolink",
        "whocanview",
    }
)
"""The fields of a post in every layout since 2020. Any other one is new, and reported."""

_SHOWABLE = re.compile(r"[A-Za-z0-9 _&+-]{1,40}")
_SIGNS = re.compile(r"[\s_\-+&]")
_EMPTY = frozenset({"", "n/a", "n.v.t.", "none", "null"})
_LONGEST_EMPTY = max(map(len, _EMPTY))


@lru_cache(maxsize=4096)
def normalise_key(key: str) -> str:
    """Remove case, blanks, `_`, `-`, `+` and `&` from a key."""
    return _SIGNS.sub("", key).casefold()


def redact_key(key: str) -> str:
    """Replace a key that could be somebody's words or address, for a message; names of sections and
    fields stay."""
    return key if _SHOWABLE.fullmatch(key) else "(a name that is not shown)"


def none_if_empty(value: str | None) -> str | None:
    """Strip a text; None for any of the ways in which TikTok writes "nothing"."""
    text = value.strip() if value else ""
    return None if len(text) <= _LONGEST_EMPTY and text.casefold() in _EMPTY else text
