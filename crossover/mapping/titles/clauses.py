"""Splits a caption into clauses at the marks that a reader pauses at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import regex

from crossover.mapping.titles.languages import read_common

EMOJI = (
    r"(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|(?![\d#*©®™‼⁉〰〽📍\p{RI}])"
    r"[\p{Emoji_Presentation}\p{Extended_Pictographic}]"
    r"(?:[\uFE0F\p{Emoji_Modifier}\U000E0020-\U000E007F]|\u200D\p{Extended_Pictographic})*)"
)
_POINTERS = frozenset("👇⬇↓🔗👉➡→☝👆⤵🔽👈⬅")
_LETTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Of scripts whose blanks part clauses."""
_SERIES = r"(?i:part|pt|ep|episode|day|vol|week|teil|folge|tag|parte|partie|dia|día|jour|часть|серия|cz|deel|del)"


class Pause(IntEnum):
    """What ends a clause, the weaker first."""

    COMMA = 1
    BRACKET = 2
    COLON = 3
    BAR = 4
    EMOJI = 5
    STOP = 6
    LINE = 7


@dataclass(frozen=True, slots=True)
class Clause:
    """Words from `start` to `end`, and what ends them, up to `border_end`.

    `marks` are those that belong to the words (`!!`), `emoji` each of the run behind them, which
    begins at `emoji_start`; `bracket_end` where a bracket behind them closes. `listed`: a list
    number or a dash stands in front.
    """

    start: int
    end: int
    kind: Pause
    border_end: int
    marks: str = ""
    emoji: tuple[str, ...] = ()
    emoji_start: int = 0
    bracket_end: int = 0
    listed: bool = False


# No border begins with a letter, unless it is the emoji ℹ: most places are passed over at once.
_BORDER = regex.compile(
    r"(?=\P{L}|ℹ)(?:(?P<line>\s*\n\s*)"
    rf"|(?P<list>(?<!\S)(?<!\b{_SERIES}\.? )\d{{1,2}}[.)](?=\s|$)|(?<!\d)\d[.．](?=[\p{{Han}}\p{{Katakana}}\p{{Hiragana}}])|[0-9]\uFE0F?\u20E3|[①-⑳❶-❿]|(?m:^)[-–—•*▪►✔✅☑・·] ?(?=\S))"
    r"|(?P<place>📍)"
    r"|(?P<stop>(?<=\p{Greek});(?=\s|$)"
    rf"|[.!?…؟۔]+[\"”’»'*_)\]]*(?=\s|$|{EMOJI}|[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}])"
    r"|[。！？‼⁉।]+[”」』]*)"
    rf"|(?P<emoji>{EMOJI}(?: ?{EMOJI})*)"
    r"|(?P<bar>(?<=\s)(?:[|｜·•~–—-]|(?<!\b(?i:before|avant|vorher|antes|prima|voor|przed|до|before) )/|//|->|=>|→)(?=\s|$)|[｜—]|(?<=\w)[|](?=\w)|(?<=\w) ?[|](?=\s))"
    r"|(?P<colon>:(?=\s|$)|：)"
    r"|(?P<comma>[,;](?=\s|$)|[，；、،؛])"
    r"|(?P<bracket>(?<=\S)【[^【】\n]*】|[(（\[][^()（）\[\]\n]*[)）\]])"
    rf"|(?P<blank>(?<=[{_LETTERS}ー～〜」』】）！？。])[ \u3000]+(?=[{_LETTERS}「『【〜～]|(?i:ep)\.?\d)"
    r"|(?<=\p{Thai})[ ]+(?=\d)))"
)
_KINDS = {
    "line": Pause.LINE,
    "list": Pause.LINE,
    "place": Pause.LINE,
    "stop": Pause.STOP,
    "emoji": Pause.EMOJI,
    "bar": Pause.BAR,
    "colon": Pause.COLON,
    "comma": Pause.COMMA,
    "bracket": Pause.BRACKET,
    "blank": Pause.COMMA,
}
_SECOND = regex.compile(r"(?<!\S)2(?:[.)]\s|[.．][\p{Han}\p{Katakana}\p{Hiragana}])")
_DIGIT = regex.compile(r"\s*\d")
ONE_EMOJI = regex.compile(EMOJI)
_LAST_WORD = regex.compile(r"[^\s(\"“«]+$")
_ONE_WORD_SENTENCE = regex.compile(r"\s+\p{Ll}[\p{L}']*[.!]+(?=\s|$)")


@dataclass(slots=True)
class _Border:
    """Marks in a row, taken for one border."""

    start: int
    end: int
    kind: Pause
    marks: str = ""
    emoji: tuple[str, ...] = ()
    emoji_start: int = 0
    bracket_end: int = 0
    listed: bool = False


def split_clauses(text: str) -> list[Clause]:
    """Split `text` into its clauses, in order. An abbreviation, a number, one word after the other
    ("every. single. day.") are no border."""
    clauses: list[Clause] = []
    start, listed = 0, False
    for border in _merge_borders(text):
        begin = start + len(text[start : border.start]) - len(text[start : border.start].lstrip())
        if begin < border.start:
            clauses.append(
                Clause(
                    begin,
                    border.start,
                    border.kind,
                    border.end,
                    border.marks,
                    border.emoji,
                    border.emoji_start,
                    border.bracket_end,
                    listed,
                )
            )
        start, listed = border.end, border.listed
    return clauses


def _merge_borders(text: str) -> Iterator[_Border]:
    """Yield the borders, those with only blanks between them as one; the last is the end."""
    last: _Border | None = None
    numbered = _SECOND.search(text) is not None
    for found in _BORDER.finditer(text):
        name = found.lastgroup or ""
        start = found.start()
        touches = last is not None and not text[last.end : start].strip()
        if name == "stop" and not _ends_sentence(text, found.start(), found.end()):
            continue
        if name == "list" and not (start == 0 or touches or numbered or text[start] > "9"):
            continue
        if last is None or not touches:
            if last is not None:
                yield last
            last = _Border(_end_of_words(text, start), found.end(), _KINDS[name])
        last.kind, last.end = max(last.kind, _KINDS[name]), found.end()
        last.listed = name == "list"
        if name == "stop" and not last.emoji:
            last.marks = found.group()
        elif name == "bracket" and not (last.marks or last.emoji or last.bracket_end):
            last.bracket_end = found.end()
        elif name == "emoji" and not last.emoji and last.kind <= Pause.STOP:
            last.emoji, last.emoji_start = tuple(ONE_EMOJI.findall(found.group())), start
    end = len(text)
    if last is not None and text[last.end :].strip():
        yield last
        last = None
    if last is None:
        last = _Border(len(text.rstrip()), end, Pause.LINE)
    last.kind, last.end = Pause.LINE, end
    yield last


def _end_of_words(text: str, place: int) -> int:
    while place and text[place - 1].isspace():
        place -= 1
    return place


def _ends_sentence(text: str, start: int, end: int) -> bool:
    if text[start:end] != ".":
        return True
    before = _LAST_WORD.search(text, max(0, start - 24), start)
    word = before.group().lower() if before else ""
    if word in _abbreviations() or (
        len(word) == 1 and word.isalpha() and text[start - 1].isupper()
    ):
        return not text[end:].strip()
    if word == "no" and _DIGIT.match(text, end):
        return False
    return _ONE_WORD_SENTENCE.match(text, end) is None


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(read_common()["abbreviations"].split())


def without_pointers(emoji: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out the signs that point at something below or elsewhere, and colours of skin without
    any."""
    return tuple(s for s in emoji if s[0] not in _POINTERS and not "🏻" <= s[0] <= "🏿")
