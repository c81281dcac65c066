"""Words that the creator watches for: whole ones, in any script, named as the creator wrote them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.mapping.checks import whole_words
from crossover.mapping.checks.whole_words import find_words
from crossover.model.choices import Action, Edit, Rules
from tests.makers import edited, plan, post
from tests.mapping.test_notes import WORDS


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Shein", "new SHEIN haul!"),
        ("shein", "(Shein)"),
        ("my ex", "what my\nEx said"),
        ("straße", "STRASSE im Regen"),
        ("代购", "找代购买的包"),
        ("세일", "오늘세일합니다"),
        ("🔥", "so good🔥"),
        ("50%", "now 50% off"),
        ("c++", "learning C++ today"),
    ],
)
def test_a_word_is_found_whatever_its_case_and_script(word: str, text: str) -> None:
    assert find_words((word,), text) == (word,)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ex", "the exam, next week"),
        ("sale", "Jerusalem by night"),
        ("my ex", "my exam"),
        ("", "anything"),
        (" ", "a b"),
        ("代购", "代为购买"),
    ],
)
def test_a_part_of_another_word_is_none(word: str, text: str) -> None:
    assert find_words((word,), text) == ()


@given(WORDS, st.lists(WORDS, max_size=3).map(tuple))
def test_any_words_may_be_watched_for(text: str, words: tuple[str, ...]) -> None:
    assert set(find_words(words, text)) <= set(words)


@pytest.mark.parametrize(
    "edit", [Edit(title="My Ex"), Edit(body="with my ex"), Edit(topics=("myex",))]
)
def test_a_note_with_a_watched_word_is_told_by_that_word_and_moves(edit: Edit) -> None:
    rules = Rules(watch=("my ex", "myex", "other"))
    made = plan(post(1), post(2), rules=rules, edits=edited(n1=edit)).notes
    assert [note.action for note in made] == [Action.MOVE] * 2
    assert [[problem.code for problem in note.problems] for note in made] == [["watched-word"], []]
    assert "which you watch for" in made[0].problems[0].message
    assert repr("myex" if edit.topics else "my ex") in made[0].problems[0].message


def test_a_list_of_thousands_makes_patterns_only_of_words_that_are_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    pattern = whole_words._pattern

    def counted(word: str) -> re.Pattern[str]:
        made.append(word)
        return pattern(word)

    monkeypatch.setattr(whole_words, "_pattern", counted)
    words = (*(f"word{n}" for n in range(5000)), "KILN", "")
    assert find_words(words, "A kiln, and a kilnful") == ("KILN",)
    assert made == ["kiln"]
