"""What is passed over at once holds nothing that would have been found."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from crossover import text as letters
from crossover.mapping import declarations, off_platform, plain_text
from crossover.mapping.body import build_description, count_description_chars
from crossover.mapping.titles import clauses, hidden, languages
from crossover.mapping.titles.languages import read_common
from crossover.text import half_units, utf16_length

CAPTIONS = [
    json.loads(line)["caption"]
    for line in (Path(__file__).parent / "titles" / "captions.jsonl")
    .read_text("utf-8")
    .splitlines()
]
LEADING = (
    *("see https://a.example/b", "bloom.co", "WWW.x.y", "me@x.example", "call +44 20 7946 0958"),
    *("LINKS IN MY BIO", "on my TikTok", "Instagram", "微信", "my storefront", "pre-save it"),
    *("code ABC15", "use my code", "dm me", "e-mail me", "dms are open", "Comment 'RECIPE'", "LTK"),
    *("in my shop", "on all platforms", "my website", "message me", "lemon8", "linked on my page"),
)
EVERY = "".join(map(chr, range(sys.maxunicode + 1)))


@pytest.mark.parametrize("caption", LEADING)
def test_what_leads_away_is_found_by_a_word_of_it(caption: str) -> None:
    assert list(off_platform.find_off_platform(caption)) != []


def test_captions_lead_away_as_every_pattern_finds() -> None:
    for caption in (*CAPTIONS, *LEADING):
        looked_for = set(off_platform._kinds_in(caption))
        left = [kind for kind in off_platform._kinds() if kind not in looked_for]
        assert [kind.what for kind in left if kind.pattern.search(caption)] == [], caption


def test_advertising_is_found_wherever_it_stands() -> None:
    ways = "|".join(line for line in read_common()["ads"].split("\n") if line)
    every = regex.compile(ways, regex.IGNORECASE | regex.MULTILINE)
    for caption in (*CAPTIONS, "Dress*gifted* by", "ad | mine", "בשיתוף פעולה ממומן", "#x\nad: y"):
        both = every.search(caption), declarations._ads().search(caption)
        assert [found and found.span() for found in both[:1]] == [
            found and found.span() for found in both[1:]
        ]


def test_what_hides_or_steers_is_not_printable() -> None:
    for unseen in (plain_text._HIDDEN, plain_text._LINE_END, letters._UNSAFE):
        assert [one for one in unseen.findall(EVERY) if one.isprintable()] == []


def test_what_is_hidden_from_titles_has_a_sign_of_it() -> None:
    for kind, pattern in hidden._patterns().items():
        for caption in CAPTIONS:
            assert not pattern.search(caption) or hidden._SEEN[kind].search(caption), caption


def test_no_border_begins_with_a_letter() -> None:
    bare = regex.compile(
        clauses._BORDER.pattern.removeprefix(r"(?=\P{L}|ℹ)(?:").removesuffix(")"),
    )
    assert bare.pattern != clauses._BORDER.pattern
    for caption in CAPTIONS:
        spans = [
            [found.span() for found in one.finditer(caption)] for one in (bare, clauses._BORDER)
        ]
        assert spans[0] == spans[1]


def test_letters_that_tell_a_language_are_looked_for() -> None:
    accented, others = languages._ACCENTED.findall(EVERY), languages._NOT_LATIN.findall(EVERY)
    for told, _ in languages._LETTERS_OF:
        assert set(told.findall(EVERY)) <= set(accented)
    for script, _ in languages._SCRIPTS:
        assert set(script.findall(EVERY)) <= set(others)


@given(st.text())
def test_letters_count_as_their_code_units_do(text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert utf16_length(text) == units
    assert half_units(text) == 2 * units - sum(letter.isascii() for letter in text)


@given(st.text(), st.lists(st.text(min_size=1)))
def test_a_description_counts_as_it_is_written(body: str, names: list[str]) -> None:
    topics = tuple(names)
    written = utf16_length(build_description(body, topics))
    assert count_description_chars(body, topics) == written + len("[话题]#") * len(topics) + bool(
        topics
    )
