"""Words that lead a reader away from RedNote, or ask for something to be done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

LINK_ENDING = "com|net|org|shop|store|io|co"

_YEAR, _GAP = r"(?:19|20)\d\d", r"[ ()/-]"
_DAY = rf"(?:{_YEAR}([ /-])\d\d?\1\d\d?|\d\d?([ /-])\d\d?\2{_YEAR}|{_YEAR})(?: \d\d?(?=:))?"
_DAYS = rf"(?<!\d){_DAY}(?:{_GAP}+{_DAY})*+(?!{_GAP}*\d)"
"""Dates and years in a row, which have as many digits as a telephone number."""
_PHONE = rf"(?<!\d)(?=\+?\d(?:{_GAP}*\d){{6,14}}(?!{_GAP}*\d))\+?\d[\d ()/-]{{7,}}\d(?!\d)"

# Steering people off the platform is punished (firm); what exactly counts is not published, so
# these are warnings.
_LEADS_AWAY = {
    "a link": rf"https?://\S+|www\.\S+|(?<![\w@.+-])[\w-]+\.(?:{LINK_ENDING})\b(?:/\S*)?",
    "an e-mail address": r"[\w.+-]+@[\w-]+\.[\w.]+",
    "a phone number": rf"{_DAYS}(*SKIP)(*FAIL)|{_PHONE}",
    "a hint at a link elsewhere": r"\blinks? (?:is |are )?in (?:my |the )?bio\b",
    "the name of another platform": (
        r"\b(?:tik ?tok|instagram|insta|youtube|facebook|snapchat|whatsapp|telegram|wechat|weixin"
        r"|patreon|etsy|lemon8)\b|微信|抖音"
    ),
}
_ASKS = {
    "a hint at a shop or page elsewhere": (
        r"\blink(?:s|ed) (?:\w+ )?(?:in|on) my\b|\b(?:my|amazon) storefront\b|\bin my shop\b"
        r"|\bmy website\b|\bpre-?save\b|\bon all platforms\b|\bltk\b"
    ),
    "a discount code": (
        r"\bcode:? [\"'“]?(?-i:[A-Z]{2,}\d+|[A-Z]{4,}(?=.{0,20}%))|\buse (?:my )?code\b|\bcode \w+ for \d+ ?%"
    ),
    "a call to write to you": r"\b(?:dm|message|e-?mail) me\b|\bdms? (?:are )?open\b",
    "a call to comment a word": (
        r"\bcomment (?:the word )?(?:[\"'“‘][^\"'”’\n]{1,20}[\"'”’]|(?-i:[A-Z]{3,})\b)"
    ),
}
_SENTENCE = regex.compile(
    r"(?:[^.!?…。！？\n]|[.!?…](?!\s|$))+[.!?…。！？]*[ ]*(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200D\uFE0F]+[ ]*)*"
)


@dataclass(frozen=True, slots=True)
class LeadAway:
    """What leads away: a name for it, the words found, and the sentence they stand in. `asks`: of
    the weaker kind, a request to the reader."""

    what: str
    found: str
    sentence: str
    asks: bool = False


_NEEDS = {
    "a link": (".", "//"),
    "an e-mail address": ("@",),
    "a hint at a link elsewhere": ("bio",),
    "the name of another platform": (
        *("tik", "insta", "youtube", "facebook", "snapchat", "whatsapp", "telegram", "wechat"),
        *("weixin", "patreon", "etsy", "lemon8", "微信", "抖音"),
    ),
    "a hint at a shop or page elsewhere": ("link", "my ", "storefront", "save", "platforms", "ltk"),
    "a discount code": ("code",),
    "a call to write to you": ("dm", "message", "mail"),
    "a call to comment a word": ("comment",),
}
"""What each kind has in it, one of these at least, in small letters: they are looked for at once."""


@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str], bool], ...]:
    return tuple(
        (what, regex.compile(pattern, regex.IGNORECASE), asks)
        for group, asks in ((_LEADS_AWAY, False), (_ASKS, True))
        for what, pattern in group.items()
    )


def find_off_platform(text: str) -> Iterator[LeadAway]:
    """Find the first of each kind."""
    folded = text.casefold()
    for what, pattern, asks in _patterns():
        needs = _NEEDS.get(what)
        if needs and not any(some in folded for some in needs):
            continue
        found = pattern.search(text)
        if found:
            yield LeadAway(what, found.group(), _sentence_of(text, found.start()), asks)


def _sentence_of(text: str, place: int) -> str:
    around = next((s for s in _SENTENCE.finditer(text) if s.start() <= place < s.end()), None)
    return around.group().strip() if around else text


def drop_off_platform(text: str) -> str:
    """Leave out the sentences that lead away; lines that get empty go too."""
    if not any(pattern.search(text) for _, pattern, _ in _patterns()):
        return text
    lines = (_drop_from_line(line) for line in text.split("\n"))
    return regex.sub(
        r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)
    ).strip()


def _drop_from_line(line: str) -> str | None:
    if not any(pattern.search(line) for _, pattern, _ in _patterns()):
        return line
    places = [found.start() for _, pattern, _ in _patterns() for found in pattern.finditer(line)]
    kept = [
        sentence.group()
        for sentence in _SENTENCE.finditer(line)
        if not any(sentence.start() <= place < sentence.end() for place in places)
    ]
    return "".join(kept).strip() or None
