"""Makes a title within RedNote's limit: from the photo post's own title, or from the first line."""

from __future__ import annotations

import regex

from crossover.mapping.plain_text import has_words
from crossover.model.notes import Change
from crossover.text import cut, half_units, title_units

_SENTENCE_END = regex.compile(r"[.!?]+(?=\s|$)|[。！？]+")
SHORTEST_SENTENCE = 10
"""Halves of title units; what is shorter is rather a `Dr.` or a `1.` than a sentence."""


def make_title(title: str | None, body: str, *, units: int) -> tuple[str, tuple[Change, ...]]:
    """Make a title and list the changes. `body` is the caption without its hashtags; `units` is the
    limit in title units (a Chinese character is 1, a Latin letter 1/2).

    Never longer than `units`, never cut inside a letter; empty only when there are no words.
    """
    own = " ".join(title.split()) if title else ""
    first = " ".join(next(filter(has_words, body.splitlines()), "").split())
    wanted = own or first
    fitted = wanted
    if title_units(wanted) > units:
        fitted = _take_whole_sentences(wanted, units) or cut(wanted, units, title_units)
    if fitted != wanted:
        why = f"a title has room for {2 * units} letters, this has {half_units(wanted)}"
        return fitted, (Change("title", wanted, fitted, why),)
    if fitted and not own:
        why = "TikTok gives this post no title: the first line of your words is taken"
        return fitted, (Change("title", "", fitted, why),)
    return fitted, ()


def _take_whole_sentences(text: str, units: int) -> str:
    """Take as many whole sentences as fit into `units`."""
    fitting = ""
    for end in _SENTENCE_END.finditer(text):
        if title_units(text[: end.end()]) > units:
            break
        fitting = text[: end.end()]
    return fitting if half_units(fitting) >= SHORTEST_SENTENCE else ""


def number_title(title: str, part: tuple[int, int], *, units: int) -> str:
    """Make the title of one part of a split post, with ` (2/3)` at its end, within `units`."""
    mark = f"({part[0]}/{part[1]})"
    if not title:
        return mark
    room = cut(title, units, lambda text: title_units(f"{text} {mark}"))
    return f"{room} {mark}".strip()
