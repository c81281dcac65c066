"""Titles that end where a clause of the caption ends."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from crossover.mapping.titles.caption_clauses import SHORTEST
from crossover.mapping.titles.clauses import Clause, Pause, without_pointers
from crossover.mapping.titles.leads import is_detail, is_no_title
from crossover.mapping.titles.ways import Search, TitleCandidate, Way
from crossover.text import half_units

_NAMED = regex.compile(r" (?:by|from|von|vom|de|di|da|du|van|от|від) @[\w.]+")


def find_whole(
    search: Search, index: int, start: int, way: Way, cost: float
) -> Iterator[TitleCandidate]:
    """Yield what begins at `start`, in the clause `index`, and ends at a pause, as far as it
    fits."""
    caption = search.caption
    dangles = start == caption.clauses[index].start and caption.dangles(start)
    first = caption.clauses[index]
    detail = is_detail(caption.words[index])
    crossed = 0
    over = False
    for place in range(index, len(caption.clauses)):
        clause = caption.clauses[place]
        if place > index and (caption.closed[place] or clause.listed):
            return
        if crossed and not detail and is_detail(caption.words[place]):
            return
        words = caption.text[start : clause.end]
        so_far = half_units(_NAMED.sub("", words) if "@" in words else words)
        if so_far > search.most + 2:
            return
        hard = caption.is_hard(place, index)
        strong = hard or clause.kind >= Pause.EMOJI
        alone = place == index and (caption.labels[index] or caption.openers[index])
        # "A week of lunches 🥗 Monday: …", "four mistakes: water, heat, …": what an emoji or a colon
        # parts does not end within its second part.
        within = over and clause.kind in (Pause.COLON, Pause.COMMA)
        opened = clause.kind is Pause.COMMA and half_units(caption.text[start : first.end]) < 20
        joined = bool(clause.emoji) and caption.ends_joined(place, dangling=True)
        shouted = crossed and caption.words[place].isupper()  # "PICKLES. ON. PIZZA."
        loose = not hard and (joined or shouted)
        if (strong or not crossed or opened) and not alone and not within and not loose:
            worth = way.value - cost - 3 * crossed - (4 if dangles else 0)
            worth -= 40 if clause.kind is Pause.COLON and is_detail(words) else 0
            if start != first.start and caption.ends_on_verb(clause):
                worth -= 25
            if clause.kind is Pause.COMMA:
                worth -= 60 if dangles else 22 if so_far < 2 * SHORTEST else 4 if crossed else 10
                worth -= 60 if caption.announces(place) else 0
                worth -= 40 if caption.ends_incomplete(place) else 0
                worth -= 50 if caption.leans_on(place) else 0
                worth -= 30 if caption.text[clause.end] == "、" and place > index else 0
            elif clause.kind is Pause.COLON:
                worth -= 16 if so_far < 20 and not caption.is_asked_of(place) else 4
            elif not hard and clause.kind is Pause.EMOJI:
                worth -= 30 if caption.goes_on(place) or so_far < SHORTEST else 6
            yield from _end_at(search, index, start, clause, way, worth)
        if hard:
            return
        crossed += clause.kind is Pause.STOP
        over = over or bool(clause.emoji) or (clause.kind is Pause.COLON and not alone)


def _end_at(
    search: Search, index: int, start: int, clause: Clause, way: Way, worth: float
) -> Iterator[TitleCandidate]:
    """Yield the longest that fits of the words with their marks and emoji."""
    text = search.caption.text
    words = text[start : clause.end]
    inside = text[clause.end : clause.bracket_end].strip(" ()[]（）【】")
    if inside and not is_no_title(inside, search.caption.language):
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
    nameless = _NAMED.sub("", words)
    if nameless != words:
        yield from search.make(nameless, way, worth - 4, clause.end)
