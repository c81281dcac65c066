"""TikTok names in a caption: nobody's on RedNote, so they stay as plain words, or go."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from crossover.mapping.off_platform import LINK_ENDING
from crossover.mapping.plain_text import clean_text
from crossover.mapping.titles.clauses import EMOJI
from crossover.model.choices import Mentions

# Where blanks part words, an @ behind a letter is an address; elsewhere it may be a name.
MENTION = regex.compile(
    r"(?<![\p{Latin}\p{Cyrillic}\p{Greek}\p{M}\p{N}/@]|[\p{L}\p{N}_][._])"
    r"[#＃]*@+([A-Za-z0-9_][A-Za-z0-9_.]*|[\p{L}\p{N}_][\p{L}\p{N}_.]*)"
)
"""A name with its @, of which the first group is the name."""
_CREDIT = r"(?<![📷📸🎥🎬🎵🎶]\uFE0F?\s*)"
_AT_THE_END = regex.compile(
    rf"(?:(?<=[.!?…。！？”\"»]|{EMOJI}){_CREDIT}[ ]+|(?<=[^\s:：]){_CREDIT}\s*\n\s*)"
    r"(?:@+[\p{L}\p{N}_][\p{L}\p{N}_.]*[\s,&+]*)+$"
)
_BLANKS = regex.compile(r"(?<=\S)[ ]{2,}")
_LOOSE_BLANK = regex.compile(r"[ ]+(?=[.,!?\n]|$)")
_LINK = regex.compile(rf"\.(?:{LINK_ENDING})(?![\p{{L}}\p{{N}}_])", regex.IGNORECASE)


def unlink_mentions(
    text: str, how: Mentions = Mentions.KEEP, table: Mapping[str, str] | None = None
) -> str:
    """Remove the @ of mentions and keep the name, or what the creator's table has for it; behind
    the last sentence, and with `drop` everywhere, the name goes too."""
    if how is Mentions.DROP:
        return _BLANKS.sub(" ", _LOOSE_BLANK.sub("", remove_mentions(text))).strip()
    if "@" not in text:
        return text
    names = {name.casefold(): clean_text(plain) for name, plain in (table or {}).items()}
    text = _AT_THE_END.sub("", text)
    return MENTION.sub(lambda found: _part(found) + _name(found[1], names), text)


def remove_mentions(text: str) -> str:
    """Remove mentions, name and all."""
    return MENTION.sub("", text)


def _part(found: regex.Match[str]) -> str:
    """Make a blank for an @ that parted the name from a word: 感谢@name."""
    return " " if found.string[: found.start()][-1:].isalpha() else ""


def _name(handle: str, names: Mapping[str, str]) -> str:
    name = handle.rstrip(".")
    plain = names.get(name.casefold())
    return (plain_name(name) if plain is None else plain) + handle[len(name) :]


def plain_name(name: str) -> str:
    """Write a name without its @; one that would read as the address of a page gets blanks for its
    dots."""
    return name.replace(".", " ") if _LINK.search(name) else name
