"""Takes the title off the beginning of the text, so that nothing is said twice."""

from __future__ import annotations

import regex

from crossover.mapping.plain_text import has_words
from crossover.mapping.titles.clauses import EMOJI, ONE_EMOJI, without_pointers
from crossover.mapping.titles.languages import find_language
from crossover.mapping.titles.title import Title

_BORDER = regex.compile(
    rf"(?P<words>(?<=\p{{Greek}});|(?:[ \u00A0\u202F](?=[!?]))?[.!?…。！？؟।]*[”\"’'»」』)\]）]*)"
    rf"[ ]?(?P<colon>[:：](?=\s*\n))?(?P<emoji>[ ]?{EMOJI}(?: ?{EMOJI})*)?(?P<line>\s*(?:\n|$))?"
)
_LOOSE = regex.compile(r"^[,;:.()\[\]（”»」』】，、；：]|^[-–—|/&+]\s")
_PAIRS = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("(", ")"), ("（", "）"))
_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")
_FIRST_WORD = regex.compile(r"[\p{L}']+")


def drop_title(caption: str, title: Title) -> str:
    """Return the caption without its beginning where that is the title, whole, up to a line end,
    sentence mark or emoji run, and what is left stands by itself; else the caption."""
    if not title.words_end:
        return caption
    border = _BORDER.match(caption, title.words_end)
    if border is None or not (border["words"] or border["emoji"] or border["line"] is not None):
        return caption
    if (
        _LETTERS.sub("", caption[: title.words_end]).casefold()
        != _LETTERS.sub("", title.words).casefold()
    ):
        return caption
    if not _is_closed(caption[: border.end()]):
        return caption
    rest = caption[border.end() :].strip()
    goes_on = has_words(_LETTERS.sub("", rest))
    if goes_on and _hangs(rest, caption):
        return caption
    # Emoji that had no room in the title lead the text; where no blanks part words, those between
    # sentences are but their full stop.
    if goes_on and not find_language(caption).spaced:
        return rest
    run = without_pointers(tuple(ONE_EMOJI.findall(border["emoji"] or "")))
    kept = "" if any(sign in title.words for sign in run) else "".join(run)
    return " ".join(part for part in (kept, rest) if part)


def _is_closed(text: str) -> bool:
    """Whether no quotation or bracket goes on behind it."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _PAIRS)


def _hangs(rest: str, caption: str) -> bool:
    """Whether it goes on with what stood before: "and I'd do it again"."""
    if _LOOSE.match(rest):
        return True
    word = _FIRST_WORD.match(rest)
    if word is None:
        return False
    language = find_language(caption)
    return word.group().casefold() in language.weak_connectors or (
        word.group().islower() and word.group() in language.connectors
    )
