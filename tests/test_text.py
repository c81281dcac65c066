"""Letters are counted as RedNote counts them, and nothing unsafe is ever printed."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from crossover.text import (
    cut,
    format_ranges,
    graphemes,
    one_line,
    safe,
    title_length,
    title_units,
    utf16_length,
)

WILD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("👩‍🍳🇵🇹👍🏽é日本語\u202e\x1b\x9b\u2028#@ \n"),
    ),
    max_size=80,
)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("", 0),
        ("a", 1),
        ("ab", 1),
        ("abc", 2),
        ("hello", 3),
        ("你好世界", 4),
        ("OOTD穿搭分享", 6),
        ("！？", 2),
        ("!?", 1),
        ("😀", 2),
        ("今天好开心😀", 7),
        ("字" * 20, 20),
        ("x" * 40, 20),
        ("x" * 41, 21),
    ],
)
def test_title_units_are_those_of_the_studio_page(text: str, units: int) -> None:
    assert title_units(text) == units


@given(WILD)
def test_safe_text_cannot_steer_a_terminal(text: str) -> None:
    shown = safe(text)
    assert not regex.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", shown
    )
    shown.encode("utf-8")


def test_what_is_unsafe_stays_visible() -> None:
    assert safe("a\x1b[2Jb\x9bc\u202ed\r") == r"a\x1b[2Jb\x9bc\u202ed\x0d"
    assert one_line("a\n\n b\t c") == "a b c"


def test_half_a_letter_pair_can_be_printed() -> None:
    assert safe("cut \ud83d") == r"cut \ud83d"


@given(WILD, st.integers(1, 40))
def test_a_cut_text_is_never_longer_and_never_cut_inside_a_letter(text: str, limit: int) -> None:
    short = cut(text, limit, title_units)
    assert title_units(short) <= max(limit, 0)
    if short != text and short:
        assert short.endswith("…")
        kept = graphemes(short.removesuffix("…"))
        assert kept == graphemes(text)[: len(kept)]


def test_a_cut_prefers_the_end_of_a_word() -> None:
    assert cut("one two three four five", 8, title_units) == "one two three…"
    assert cut("one two three four five", 7, title_units) == "one two…"


def test_one_long_word_is_cut_between_letters() -> None:
    assert cut("x" * 60, 20, title_units) == "x" * 38 + "…"
    assert cut("👩‍🍳" * 9, 20, title_units) == "👩‍🍳" * 3 + "…"


def test_letters_outside_the_basic_plane_count_twice() -> None:
    assert utf16_length("a😀b") == 4


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("a day at the sea", "16 of 40 letters"),
        ("Sourdough day 🍞", "15 letters, which count as 18 of 40"),
        ("海边的一天", "5 letters, which count as 10 of 40"),
        ("القهوة العربية", "14 letters, which count as 27 of 40"),
        ("", "0 of 40 letters"),
    ],
)
def test_the_length_of_a_title_is_told_in_letters_that_a_reader_can_count(
    title: str, said: str
) -> None:
    assert title_length(title, 20) == said


@pytest.mark.parametrize(
    ("numbers", "ranges"),
    [
        ([], []),
        ([3], ["3"]),
        ([8, 3, 4, 5], ["8", "3-5"]),
        ([1, 2, 2, 3], ["1-2", "2-3"]),
        ([5, 4], ["5", "4"]),
    ],
)
def test_numbers_that_follow_each_other_are_one_range(
    numbers: list[int], ranges: list[str]
) -> None:
    assert format_ranges(numbers) == ranges
