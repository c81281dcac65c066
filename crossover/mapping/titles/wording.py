"""Makes the wording of a title: plain marks, no @, nothing open or loose at its ends."""

from __future__ import annotations

import regex

from crossover.mapping.mentions import MENTION, plain_name
from crossover.mapping.plain_text import has_words
from crossover.mapping.titles.languages import Language

_MENTION = regex.compile(rf"{MENTION.pattern}(['’]s)?")
_LOOSE_START = regex.compile(
    r"^(?:[\s\p{M}\-–—*•·|/\\:,;.!?…~»”)\]】」，。、；：！？_=>▪►✔☑✅]|\d{1,2}[.)](?=\s)|\d?\uFE0F?\u20E3)+"
)
_LOOSE_END = regex.compile(
    r"(?:[\s\-–—•·|/\\:,~«“„(\[【「，、；：<_=&+👇⬇↓🔗👉➡→]|(?<!\p{Greek});|\uFE0F(?<=[⬇➡]\uFE0F)|(?<=\s)\d{1,2}[.)])+$"
)
_FULL_STOP = regex.compile(r"(?<![.…]|\w[.]\w{1,3})[.。।](?![.…])(?=[^\p{L}\p{M}\p{N}]*$)")
_SMILEY = regex.compile(r"[:;=8xX]['’]?-?[()\[\]DPp3]")
_LOW_QUOTES = regex.compile("„[^„“”]*[“”]")
_PAIRS = {
    "(": ")",
    "[": "]",
    "（": "）",
    "【": "】",
    "「": "」",
    "『": "』",
    "“": "”",
    "„": "”",
    "«": "»",
}
_OPENERS = frozenset(_PAIRS)
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}


def polish_title(words: str, language: Language, *, cut: bool) -> str:
    """Make the wording of a title; empty where the words cannot be one. `cut`: they end where
    their sentence goes on."""
    text = " ".join(words.split()).replace("’", "'").replace("‘", "'")
    if "@" in text:
        named = _MENTION.sub(lambda found: _name(found, text, language), text)
        text = " ".join(named.split())
    if not text[-1:].isalnum():
        text = _FULL_STOP.sub("", text, count=1)
    text = _close_pairs(_trim_ends(text))
    if not has_words(text) or sum(map(str.isalnum, text)) < 2:
        return ""
    if cut and _last_word(text) in language.small:
        return ""
    return text


def _trim_ends(text: str) -> str:
    before = None
    while before != text and text:
        before = text
        if not text[0].isalpha():
            text = _LOOSE_START.sub("", text)
        if not text[-1:].isalnum():
            text = _LOOSE_END.sub("", text)
    return text


def _name(found: regex.Match[str], text: str, language: Language) -> str:
    """Leave a name out where the words hold without it ("this new @brand cream"), else only its
    @: behind a verb ("trying @brand serum") or in a longer name ("the new @brand Max") they do
    not."""
    if found.string[: found.start()][-1:].isalpha():
        return f" {plain_name(found[1])}"
    if found[2]:
        return plain_name(found[1]) + found[2]
    before = text[: found.start()].split()
    after = text[found.end() :].split()
    connected = not before or before[-1].casefold().strip("(\"'") in (
        language.prepositions | language.weak_connectors | {"by", "of", "to", "and", "&", "+", "x"}
    )
    if connected:
        return plain_name(found[1].rstrip("."))
    described = any(word.casefold() in language.determiners for word in before[-2:])
    named = bool(after) and after[0][:1].isupper()
    if not after or (described and not named and after[0].casefold() not in language.small):
        return ""
    return plain_name(found[1].rstrip("."))


def _last_word(text: str) -> str:
    words = text.rstrip("…").split()
    return words[-1].casefold().strip("\"'”»!?,.*)") if words else ""


def _close_pairs(text: str) -> str:
    """Take a quotation mark or bracket without its other half off the ends. Empty where one stands
    inside."""
    text = _trim_ends(_close_spanish(_close_straight_quotes(text)))
    plain = _SMILEY.sub("  ", text) if "(" in text or ")" in text or "[" in text else text
    if "„" in plain:  # „…” in Polish, „…“ in German
        plain = _LOW_QUOTES.sub(lambda found: " " * len(found.group()), plain)
    open_, loose = [], []
    for place, sign in enumerate(plain):
        if sign in _OPENERS:
            open_.append(place)
        elif sign in _CLOSERS:
            if open_ and plain[open_[-1]] == _CLOSERS[sign]:
                open_.pop()
            else:
                loose.append(place)
    loose += open_
    if not loose:
        return text
    if loose == [0]:
        return _trim_ends(text[1:])
    if loose == [len(text) - 1]:
        return _trim_ends(text[:-1])
    return ""


def _close_straight_quotes(text: str) -> str:
    if '"' not in text:
        return text
    marks = [
        place
        for place, sign in enumerate(text)
        if sign == '"' and not (place and text[place - 1].isdigit())
    ]
    if len(marks) % 2 == 0:
        return text
    if len(marks) > 1:
        return ""
    if marks[0] == 0:
        return text[1:]
    if marks[-1] == len(text) - 1:
        return text[:-1]
    return ""


def _close_spanish(text: str) -> str:
    for opener, closer in (("¿", "?"), ("¡", "!")):
        if opener in text and closer not in text[text.rindex(opener) :]:
            text = " ".join(text.replace(opener, " ").split())
    return text
