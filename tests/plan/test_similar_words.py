"""Texts with nearly the same words are found, in time that grows with their number alone."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.plan import similar_words
from crossover.plan.similar_words import find_similar, split_words

LONG = "nothing happens in this video it rains and there is tea"


def similar(*texts: str) -> dict[int, int]:
    return dict(find_similar(enumerate(texts)))


@pytest.mark.parametrize(
    "other",
    [
        LONG,
        "Nothing happens in this video. It RAINS, and there is tea!! ☕️",
        "and there is tea: it rains, nothing happens in this video",
        LONG.replace("tea", "cake"),
        f"ｎothing {LONG[8:]}",
    ],
)
def test_words_that_are_nearly_the_same_are_found(other: str) -> None:
    assert similar(LONG, "something else stands in between here", other) == {2: 0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG.replace("tea", "cake").replace("rains", "snows")),
        (
            "day 3 of learning to surf at the age of 34",
            "day 4 of learning to surf at the age of 34",
        ),
        ("monday vlog what I eat as a runner here", "tuesday vlog what I eat as a runner here"),
        ("part one of the kitchen we are building", "part two of the kitchen we are building"),
        ("my spring shelf is up now (1/2)", "my spring shelf is up now (2/2)"),
        ("good morning from Lisbon", "good morning from Lisbon"),
        ("", ""),
        ("✨✨✨✨✨✨", "✨✨✨✨✨✨"),
    ],
)
def test_other_words_other_numbers_and_a_few_words_are_not_alike(one: str, other: str) -> None:
    assert similar(one, other) == {}


def test_scripts_without_blanks_are_compared_too() -> None:
    one = "第一次一个人在东京过生日，买了个小蛋糕给自己"
    assert similar(one, one.replace("给自己", "给我自己"), "今天教你们做番茄炒蛋记得收藏") == {1: 0}
    assert similar("วันนี้พาไปกินก๋วยเตี๋ยวเรืออร่อยมาก", "วันนี้พาไปกินก๋วยเตี๋ยวเรืออร่อยมาก!") == {1: 0}


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=9), max_size=14))
def test_what_is_found_is_earlier_and_alike_and_nothing_alike_is_missed(
    texts: list[list[str]],
) -> None:
    joined = [" ".join(words) for words in texts]
    found = similar(*joined)
    words = [split_words(text) for text in joined]

    def are_alike(one: int, other: int) -> bool:
        shared, both = len(words[one] & words[other]), len(words[one] | words[other])
        return min(len(words[one]), len(words[other])) >= 5 and 10 * shared >= 8 * both

    assert all(first < later and are_alike(first, later) for later, first in found.items())
    pairs = [pair for pair in combinations(range(len(texts)), 2) if are_alike(*pair)]
    assert set(found) == {later for _, later in pairs}


@pytest.mark.parametrize("vocabulary", [30, 3000])
def test_the_looks_at_other_texts_grow_with_the_texts_not_with_their_pairs(
    vocabulary: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    some = [[chance.randrange(vocabulary) for _ in range(25)] for _ in range(5000)]
    texts = [
        " ".join("".join("abcdefghij"[int(figure)] for figure in f"{n:04}") for n in words)
        for words in some
    ]
    looks = 0
    compare = similar_words._are_similar

    def count(one: frozenset[str], other: frozenset[str]) -> bool:
        nonlocal looks
        looks += 1
        return compare(one, other)

    monkeypatch.setattr(similar_words, "_are_similar", count)
    similar(*texts)
    assert looks < 150 * len(texts)
