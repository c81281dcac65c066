"""Makes the title of a note: a photo post's own, else the words of the caption that a reader would
keep."""

from __future__ import annotations

from dataclasses import dataclass

from crossover.mapping.plain_text import clean_text
from crossover.mapping.titles.candidates import find_candidates
from crossover.mapping.titles.languages import Language, find_language
from crossover.mapping.titles.leads import find_number, find_series
from crossover.mapping.titles.ways import TitleCandidate, Way
from crossover.model.choices import Rules, TitleCase
from crossover.model.notes import Change
from crossover.text import cut, half_units, title_length, title_units

MOST_CANDIDATES = 3
_SAME_BEGINNING = 6
"""Characters by which a shorter title begins as the one it is made of."""
_WORTH_OF_BEGINNING = 20.0
"""What a candidate may be worth less that begins so."""
_WHY = {
    Way.WHOLE: "a whole clause of your words",
    Way.SHAVED: "your words without their beginning",
    Way.TAIL: "your words without their beginning",
    Way.CUT: "your words up to where a reader could pause",
    Way.QUESTION: "a part of your words that stands by itself",
    Way.QUOTATION: "what somebody says in your words",
    Way.PHRASE: "a part of your words that stands by itself",
    Way.BROKEN: "the beginning of your words, cut within a sentence",
}
_CAPITALS = "all in capitals before (`title_case` in crossover.yaml)"
_TEMPLATE = "the number of its series (`title_template` in crossover.yaml)"


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and how it was made.

    `candidates` are the best three, the title first. `broken`: it was cut within a clause, with
    "…". Where it is whole clauses, `words` are those, and end at `words_end` of the caption.
    """

    text: str
    candidates: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    broken: bool = False
    words: str = ""
    words_end: int = 0


def make_title(own: str | None, caption: str, *, units: int, rules: Rules) -> Title:
    """Make a title of `units` at most (a Chinese character is 1, a Latin letter 1/2), from the photo
    post's own one, or from the caption without its hashtags. Empty where no words could be one."""
    own = " ".join(own.split()) if own else ""
    if own and title_units(own) <= units:
        return Title(own, (own,))
    words = own or caption
    language = find_language(words)
    number = find_number(words, language) if rules.title_template and not own else None
    if number is not None:
        numbered = _number_series(words, language, units, rules, number)
        if numbered:
            return numbered
    found = [
        candidate
        for candidate in find_candidates(words, language, 2 * units)
        if find_series(candidate.text, language) is None
    ]
    if not found:
        return Title("")
    best = found[0]
    why = _WHY[best.way]
    if own:
        why = f"it is too long for a title, with {title_length(own, units)}: {why}"
    else:
        why = f"TikTok gives this post no title: {why}"
    changes = (Change("title", own, best.text, why),)
    return _finish(best, found, changes, rules, words_end=0 if own else best.words_end)


def _number_series(
    words: str, language: Language, units: int, rules: Rules, number: int
) -> Title | None:
    """Make the title of a post of a series by the creator's template, where it fits."""
    frame = " ".join(clean_text(rules.title_template).split()).replace("{n}", str(number))
    room = 2 * units - half_units(frame.replace("{title}", ""))
    found = [
        candidate
        for candidate in find_candidates(words, language, room)
        if find_number(candidate.text, language) is None
    ]
    if not found:
        return None
    best = found[0]
    change = Change("title", "", best.text, f"TikTok gives this post no title: {_WHY[best.way]}")
    made = _finish(best, found, (change,), rules, words_end=best.words_end)
    candidates = tuple(frame.replace("{title}", text) for text in made.candidates)
    added = Change("title", made.text, candidates[0], _TEMPLATE)
    return Title(
        candidates[0], candidates, (*made.changes, added), made.broken, made.words, made.words_end
    )


def _finish(
    best: TitleCandidate,
    found: list[TitleCandidate],
    changes: tuple[Change, ...],
    rules: Rules,
    *,
    words_end: int,
) -> Title:
    candidates = tuple(candidate.text for candidate in found[:MOST_CANDIDATES])
    if rules.title_case is TitleCase.SENTENCE:
        candidates = tuple(map(_lower_capitals, candidates))
        if candidates[0] != best.text:
            changes = (*changes, Change("title", best.text, candidates[0], _CAPITALS))
    broken = best.way is Way.BROKEN
    return Title(candidates[0], candidates, changes, broken, best.text, words_end)


def _lower_capitals(text: str) -> str:
    if not (text.isupper() and len(text.split()) > 1):
        return text
    lower = text.lower()
    first = next((place for place, letter in enumerate(lower) if letter.isalpha()), 0)
    return lower[:first] + lower[first].upper() + lower[first + 1 :]


def number_title(title: str, part: tuple[int, int], *, units: int) -> str:
    """Make the title of one part of a split post, with ` (2/3)` at its end, within `units`."""
    mark = f"({part[0]}/{part[1]})"
    if not title:
        return mark
    numbered = f"{title} {mark}"
    if title_units(numbered) <= units:
        return numbered
    shorter = _shorten(title, 2 * units - half_units(f" {mark}"))
    return f"{shorter} {mark}".strip()


def _shorten(title: str, room: int) -> str:
    """Make a title shorter, so that it begins as it did, unless that says much less."""
    language = find_language(title)
    found = find_candidates(title, language, room)
    same = (one for one in found if one.text[:_SAME_BEGINNING] == title[:_SAME_BEGINNING])
    as_written = next(same, None)
    if as_written and as_written.score > found[0].score - _WORTH_OF_BEGINNING:
        return as_written.text
    article = title.split()[0].casefold() in language.determiners
    if not found:
        return cut(title, room, half_units)
    if article and title.split()[1:2] == found[0].text.split()[:1]:
        words = cut(title, room, half_units).removesuffix("…").split()
        while words[-1].casefold() in language.small and len(words) > 1:
            words.pop()
        return f"{' '.join(words)}…"
    best = found[0].text
    return best[:1].upper() + best[1:] if title[0].isupper() else best
