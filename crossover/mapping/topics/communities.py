"""Communities that people on TikTok name with its name: `dogsoftiktok`, `booktok`."""

from __future__ import annotations

import regex

_OF_TIKTOK = regex.compile(r"(?P<name>\w{3,}?)_?of_?tiktok(?:er)?s?", regex.I)
_ON_TIKTOK = regex.compile(r"(?P<name>\w{3,}?)_?(?:de|du|di|do|da|on|in|en|no)?_?tiktok", regex.I)
_TOK = regex.compile(r"(?P<name>\w{3,}?)_?tok", regex.I)


def name_community(tag: str) -> str:
    """Name what a community of TikTok is about: `dogs` of `dogsoftiktok`. Other tags stay."""
    match = _OF_TIKTOK.fullmatch(tag) if _may_be_community(tag) else None
    return match["name"] if match else tag


def word_of_community(tag: str) -> str | None:
    """Find the word before `tok` in `booktok`, and before `tiktok` in `foodtiktok`. Whether that is
    a community, only the word tells: `rostok` is a town."""
    if not _may_be_community(tag):
        return None
    match = _ON_TIKTOK.fullmatch(tag) or _TOK.fullmatch(tag)
    return match["name"] if match else None


def _may_be_community(tag: str) -> bool:
    """Rule out nearly all tags at once."""
    return "tok" in tag.casefold()
