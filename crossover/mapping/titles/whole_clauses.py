"""Titles that end where a clause of the caption ends."""

from __future__ import annotations

from collections.abc import Iterator

from crossover.mapping.titles.caption_clauses import SHORTEST
from crossover.mapping.titles.clauses import Clause, Pause, without_pointers
from crossover.mapping.titles.ways import Search, TitleCandidate, Way
from crossover.text import half_units


def find_whole(
    search: Search, index: int, start: int, way: Way, cost: float
) -> Iterator[TitleCandidate]:
    """Yield what begins at `start`, in the clause `index`, and ends at a pause, as far as it
    fits."""
    caption = search.caption
    dangles = start == caption.clauses[index].start and caption.dangles(start)
    crossed = 0
    over_emoji = False
    for place in range(index, len(caption.clauses)):
        clause = caption.clauses[place]
        if place > index and (caption.closed[place] or clause.listed):
            return
        so_far = half_units(caption.text[start : clause.end])
        if so_far > search.most + 2:
            return
        hard = caption.is_hard(place, index)
        strong = hard or clause.kind >= Pause.EMOJI
        alone = place == index and caption.labels[index]
        # "A week of lunches 🥗 Monday: …": what an emoji parts, a colon does not end.
        if (
            (strong or not crossed)
            and not alone
            and not (over_emoji and clause.kind is Pause.COLON)
        ):
            worth = way.value - cost - 3 * crossed - (4 if dangles else 0)
            if clause.kind is Pause.COMMA:
                worth -= 60 if dangles else 22 if so_far < 2 * SHORTEST else 10
                worth -= 40 if caption.announces(place) else 0
            elif clause.kind is Pause.COLON:
                worth -= 16 if so_far < 20 else 4
            elif not hard and clause.kind is Pause.EMOJI:
                worth -= 30 if caption.goes_on(place) or so_far < SHORTEST else 6
            yield from _end_at(search, index, start, clause, way, worth)
        if hard:
            return
        crossed += clause.kind is Pause.STOP
        over_emoji = over_emoji or bool(clause.emoji)


def _end_at(
    search: Search, index: int, start: int, clause: Clause, way: Way, worth: float
) -> Iterator[TitleCandidate]:
    """Yield the longest that fits of the words with their marks and emoji."""
    text = search.caption.text
    words = text[start : clause.end]
    if clause.bracket_end:
        bracketed = text[start : clause.bracket_end]
        yield from search.make(bracketed, way, worth - 2, clause.bracket_end)
    # A question that lost its beginning has lost its `¿` too.
    opening = search.caption.clauses[index].start
    marks = "" if text[opening] in "¿¡" and start > opening else clause.marks
    signs = without_pointers(clause.emoji)
    between = text[clause.end + len(clause.marks) : clause.emoji_start]
    gap = " " if signs and (between.strip(" ") or " " in between) else ""
    endings = [marks + gap + "".join(signs[:n]) for n in range(len(signs), 0, -1)]
    for ending in (*endings, marks, ""):
        made = list(search.make(words + ending, way, worth, clause.end))
        if made:
            yield from made
            return
