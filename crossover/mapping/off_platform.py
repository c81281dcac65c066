"""Words that lead a reader away from RedNote, or ask for something to be done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from crossover.package_data import load_data

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
    "an e-mail address": r"[a-z0-9_.+-]+@[a-z0-9-]+\.[a-z0-9.-]*[a-z]{2}",
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
_OTHER_LETTER = regex.compile(r"[\u0370-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """One way of leading away in some languages. A text in small letters without any of its `needs`
    has none of it; `foreign`: so has one with Latin letters alone."""

    what: str
    pattern: regex.Pattern[str]
    asks: bool
    needs: tuple[str, ...] = ()
    foreign: bool = False


@cache
def _kinds() -> tuple[_Kind, ...]:
    more = _read_more()
    found: list[_Kind] = []
    for group, asks in ((_LEADS_AWAY, False), (_ASKS, True)):
        for what, pattern in group.items():
            found.append(_Kind(what, _compile(pattern), asks, _NEEDS.get(what, ())))
            if rows := more.get(what):
                latin = _compile(rf"\b(?:{_join(rows['latin'])})\b")
                found.append(_Kind(what, latin, asks, tuple(rows["needs"].split())))
                found.append(_Kind(what, _compile(_join(rows["others"])), asks, foreign=True))
    return tuple(found)


def _join(rows: str) -> str:
    return "|".join(rows.split("\n")).strip("|")


def _compile(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)


def _read_more() -> dict[str, dict[str, str]]:
    """Read the patterns of other languages, by what they find."""
    data: dict[str, dict[str, str]] = load_data("crossover.mapping", "off_platform.yaml")
    return data


def _kinds_in(text: str) -> Iterator[_Kind]:
    """Find the kinds that a text may have at all."""
    folded, foreign = text.casefold(), _OTHER_LETTER.search(text) is not None
    for kind in _kinds():
        if foreign if kind.foreign else not kind.needs or any(n in folded for n in kind.needs):
            yield kind


def find_off_platform(text: str) -> Iterator[LeadAway]:
    """Find the first of each kind."""
    told = set()
    for kind in _kinds_in(text):
        found = kind.pattern.search(text)
        if found and kind.what not in told:
            told.add(kind.what)
            sentence = _sentence_of(text, found.start())
            yield LeadAway(kind.what, found.group(), sentence, kind.asks)


def _sentence_of(text: str, place: int) -> str:
    around = next((s for s in _SENTENCE.finditer(text) if s.start() <= place < s.end()), None)
    return around.group().strip() if around else text


def drop_off_platform(text: str) -> str:
    """Leave out the sentences that lead away; lines that get empty go too."""
    if not any(kind.pattern.search(text) for kind in _kinds_in(text)):
        return text
    lines = (_drop_from_line(line) for line in text.split("\n"))
    return regex.sub(
        r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)
    ).strip()


def _drop_from_line(line: str) -> str | None:
    places = [found.start() for kind in _kinds_in(line) for found in kind.pattern.finditer(line)]
    if not places:
        return line
    kept = [
        sentence.group()
        for sentence in _SENTENCE.finditer(line)
        if not any(sentence.start() <= place < sentence.end() for place in places)
    ]
    return "".join(kept).strip() or None
