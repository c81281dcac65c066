"""Captions in two languages, one of them Chinese: which part comes first, or is all there is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import regex

from crossover.model.choices import Languages

_HAN = regex.compile(r"\p{Han}")
_OTHER_SCRIPT = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Hangul}]")
_WORD = regex.compile(r"(?:(?!\p{Han})[\p{L}\p{M}])+")
_SEPARATOR = regex.compile(r"( *(?:[|｜]|//|(?<=\s)[/–—-](?=\s)) *)")
# `Morning in Lisbon 里斯本的早晨`: enough of each that the one is not a name within the other.
_SIDE_BY_SIDE = regex.compile(
    r"(?P<latin>[^\p{Han}]*\p{L}[^\p{Han}]*)[ ](?P<han>\p{Han}.*)|(?P<han>\p{Han}.*?)[ ](?P<latin>[^\p{Han}]*\p{L}[^\p{Han}]*)"
)
_LEAST_HAN, _LEAST_WORDS = 4, 3


def arrange_languages(text: str, how: Languages) -> str:
    """Put the Chinese part of a text in two languages first, or leave only that. A text that is not
    in two, one of them Chinese, stays as it is; so does one in Japanese or Korean."""
    if how is Languages.AS_WRITTEN or not _HAN.search(text) or _OTHER_SCRIPT.search(text):
        return text
    lines = text.split("\n")
    if len(_parts(lines)) > 1:
        return _arrange(lines, how, between="\n")
    return "\n".join(_arrange_line(line, how) for line in lines)


def _arrange_line(line: str, how: Languages) -> str:
    pieces = _SEPARATOR.split(line)
    if len(pieces) > 1 and len(_parts(pieces[::2])) > 1:
        return _arrange(pieces[::2], how, between=pieces[1])
    found = _SIDE_BY_SIDE.fullmatch(line)
    if not found:
        return line
    han, latin = found["han"].strip(), found["latin"].strip()
    if len(_HAN.findall(han)) < _LEAST_HAN or len(_WORD.findall(latin)) < _LEAST_WORDS:
        return line
    return han if how is Languages.CHINESE_ONLY else f"{han} {latin}"


def _arrange(pieces: Sequence[str], how: Languages, *, between: str) -> str:
    """Put the pieces in Chinese in front of the others, each group in its order."""
    parts = _parts(pieces)
    chinese = [between.join(part).strip() for is_chinese, part in parts if is_chinese]
    others = [between.join(part).strip() for is_chinese, part in parts if not is_chinese]
    if how is Languages.CHINESE_ONLY:
        return between.join(chinese)
    blank = between * 2 if between == "\n" and "" in pieces else between
    return blank.join([between.join(chinese), between.join(others)])


def _parts(pieces: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """Group pieces by whether they are in Chinese. One without letters belongs to that before it."""
    kinds: list[bool | None] = [_is_chinese(piece) for piece in pieces]
    known = next((kind for kind in kinds if kind is not None), True)
    marked = []
    for kind, piece in zip(kinds, pieces, strict=True):
        known = known if kind is None else kind
        marked.append((known, piece))
    return [(kind, [p for _, p in group]) for kind, group in groupby(marked, key=lambda m: m[0])]


def _is_chinese(piece: str) -> bool | None:
    """Whether a piece of text is in Chinese; None where it has no letters."""
    han, words = len(_HAN.findall(piece)), len(_WORD.findall(piece))
    return han > words if han or words else None
