"""The body of a note and the description RedNote makes of it: its text, its length, the cut."""

from __future__ import annotations

import regex

from crossover.model.notes import Change
from crossover.text import cut, utf16_length

_MENTION = regex.compile(r"(?<![\p{L}\p{N}_./])@([\p{L}\p{N}_][\p{L}\p{N}_.]*)")
_MARKER = "[话题]#"
"""RedNote writes a clickable topic as `#name[话题]#`."""


def unlink_mentions(text: str) -> str:
    """Remove the @ of mentions and keep the name: TikTok handles are nobody on RedNote."""
    return _MENTION.sub(r"\1", text)


def remove_mentions(text: str) -> str:
    """Remove mentions, name and all."""
    return _MENTION.sub("", text)


def build_description(body: str, topics: tuple[str, ...]) -> str:
    """Build the text that a reader sees: the body, then ` #name` for each topic."""
    return " ".join([*([body] if body else []), *(f"#{name}" for name in topics)])


def count_description_chars(body: str, topics: tuple[str, ...]) -> int:
    """Count the description as RedNote does: in UTF-16 units, with topic markers and the blanks
    around them (that markers count is likely, not proved)."""
    return (
        utf16_length(build_description(body, topics))
        + sum(len(_MARKER) for _ in topics)
        + bool(topics)
    )


def fit_body(
    body: str, topics: tuple[str, ...], *, limit: int, aim: int
) -> tuple[str, tuple[Change, ...]]:
    """Cut the body between words, to a description of `aim` units, when it would be over
    `limit`."""
    chars = count_description_chars(body, topics)
    if chars <= limit:
        return body, ()
    short = cut(body, aim, lambda text: count_description_chars(text, topics))
    why = f"a description has room for {limit} characters, topics included; this has {chars}"
    return short, (Change("body", body, short, why),)
