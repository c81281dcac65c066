"""Body and description: what a reader sees, and how long RedNote counts it."""

from __future__ import annotations

import regex

from crossover.model.notes import Change
from crossover.text import cut, utf16_length

_MENTION = regex.compile(r"(?<![\p{L}\p{N}_./])@([\p{L}\p{N}_][\p{L}\p{N}_.]*)")
_MARKER = "[话题]#"
"""RedNote writes a clickable topic as `#name[话题]#`."""


def plain_mentions(text: str) -> str:
    """TikTok handles are nobody on RedNote: the name stays, the @ goes."""
    return _MENTION.sub(r"\1", text)


def without_mentions(text: str) -> str:
    """What is left when the people named are left out."""
    return _MENTION.sub("", text)


def describe(body: str, topics: tuple[str, ...]) -> str:
    """The text as it will read: the body, then ` #name` for each topic."""
    return " ".join([*([body] if body else []), *(f"#{name}" for name in topics)])


def description_chars(body: str, topics: tuple[str, ...]) -> int:
    """How RedNote counts the description: UTF-16 units, topic markers and the blanks around them
    included (that markers count is likely, not proved, so they do)."""
    return utf16_length(describe(body, topics)) + sum(len(_MARKER) for _ in topics) + bool(topics)


def fit_body(
    body: str, topics: tuple[str, ...], *, limit: int, aim: int
) -> tuple[str, tuple[Change, ...]]:
    """The body, cut to `aim` between words when the description would be over `limit`."""
    chars = description_chars(body, topics)
    if chars <= limit:
        return body, ()
    short = cut(body, aim, lambda text: description_chars(text, topics))
    why = f"a description has room for {limit} characters, topics included; this has {chars}"
    return short, (Change("body", body, short, why),)
