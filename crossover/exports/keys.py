"""How TikTok's names are compared: spelling changed at least five times between 2020 and 2026,
letters, blanks and signs; the words did not (seen in many real exports)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

V = TypeVar("V")

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

_SIGNS = re.compile(r"[\s_\-+&]")
_EMPTY = frozenset({"", "n/a", "n.v.t.", "none", "null"})


@lru_cache(maxsize=4096)
def plain(key: str) -> str:
    """A key without case, blanks, `_`, `-`, `+` and `&`."""
    return _SIGNS.sub("", key).casefold()


def lookup(mapping: Mapping[str, V], *names: str) -> V | None:
    """The value of the first of `names` that is there, in any spelling; None when none is."""
    for name in names:
        if name in mapping:
            return mapping[name]
    spelled: dict[str, V] = {}
    for key, value in mapping.items():
        spelled.setdefault(plain(key), value)
    for name in names:
        if (wanted := plain(name)) in spelled:
            return spelled[wanted]
    return None


def filled(value: str | None) -> str | None:
    """The text, or None for any of the ways in which TikTok writes "nothing"."""
    if value is None or value.strip().casefold() in _EMPTY:
        return None
    return value.strip()
