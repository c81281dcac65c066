"""The body of a note and the description RedNote makes of it: its text, its length, the cut."""

from __future__ import annotations

import regex

from crossover.model.notes import Change
from crossover.text import cut, graphemes, utf16_length

_MARKER = "[话题]#"
"""RedNote writes a clickable topic as `#name[话题]#`."""
_SENTENCE_END = regex.compile(r"[.!?…]+[\"”’»')\]]*(?=\s)|[。！？]+[”」』]*|(?<=\S)(?=\s*\n)")


def build_description(body: str, topics: tuple[str, ...]) -> str:
    """Build the text that a reader sees: the body, then ` #name` for each topic."""
    return " ".join([*([body] if body else []), *(f"#{name}" for name in topics)])


def count_description_chars(body: str, topics: tuple[str, ...]) -> int:
    """Count the description as RedNote does: in UTF-16 units, with topic markers and the blanks
    around them (that markers count is likely, not proved)."""
    names = sum(utf16_length(name) + len(" #" + _MARKER) for name in topics)
    return utf16_length(body) + names + bool(topics and body)


def fit_body(
    body: str, topics: tuple[str, ...], *, limit: int, aim: int
) -> tuple[str, tuple[Change, ...]]:
    """Cut the body behind a sentence, else between words, to a description of `aim` units, when it
    would be over `limit`."""
    chars = count_description_chars(body, topics)
    if chars <= limit:
        return body, ()
    short = cut(body, aim, lambda text: count_description_chars(text, topics))
    end = max((found.end() for found in _SENTENCE_END.finditer(short)), default=0)
    if 2 * end >= len(short):
        short = short[:end].rstrip()
    why = f"a description has room for {limit} characters, topics included; this has {chars}"
    return short, (Change("body", body, short, why),)


def split_body(
    body: str, topics: tuple[str, ...], *, limit: int, aim: int, most: int
) -> tuple[str, ...]:
    """Split the body into pieces for several notes, `most` at most, each cut as `fit_body` does; no
    word is lost between them. The last is too long where they are too few."""
    pieces: list[str] = []
    while len(pieces) < most - 1 and count_description_chars(body, topics) > limit:
        short, _ = fit_body(body, topics, limit=limit, aim=aim)
        taken = short if body.startswith(short) else short.removesuffix("…")
        if not taken:
            break
        pieces.append(short)
        body = body[len(taken) :].lstrip(" \t\n,;:")
    return (*pieces, body)


def count_left_out(body: str, short: str) -> int:
    """Count the letters of `body` that a cut left out."""
    return len(graphemes(body)) - len(graphemes(short.removesuffix("…")))
