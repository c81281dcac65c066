"""The promises that hold for any caption: over wild text, and over the made corpus of every script."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossover.mapping.plain_text import clean_text
from crossover.model.choices import Action, Edit, Rules
from crossover.model.posts import Visibility
from crossover.settings.edits import Edits, read_edits, write_edits
from tests.makers import edited, plan, post
from tests.mapping.any_caption import (
    breaks_no_letter,
    broken_promises,
    keeps_the_limits,
    loses_no_word,
    note_of,
)
from tests.mapping.corpus.captions import read_corpus
from tests.mapping.test_edited import EDITS
from tests.mapping.test_notes import WORDS
from tests.mapping.titles.test_properties import WILD
from tests.settings.test_edits import EDITS as WRITTEN
from tests.tier import by_tier

CORPUS = read_corpus()
LANGUAGES = sorted({caption.language for caption in CORPUS})


STEADY = settings(derandomize=by_tier(default=True, complete=False))
"""The same texts each time; others with `--complete`, where a find is welcome."""


@STEADY
@given(WILD)
def test_whatever_words_there_are_the_promises_hold(caption: str) -> None:
    assert not broken_promises(caption)


@STEADY
@given(WORDS)
def test_they_hold_for_letters_of_any_kind(caption: str) -> None:
    assert not broken_promises(caption)


LETTERS = (
    "👨‍👩‍👧",
    "🇵🇹",
    "👍🏽",
    "e\u0301",
    "字",
    "a ",
    "नि",
    "ก็",
    "🏴\U000e0067\U000e0062\U000e007f",
)


@settings(max_examples=by_tier(20, 200))
@given(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=9))
def test_they_hold_for_a_text_that_is_cut(letters: list[str]) -> None:
    piece = clean_text("".join(letters) + "x")
    caption = piece * (1200 // len(piece) + 1)
    made = note_of(caption)
    assert made.body != clean_text(caption)
    keeps_the_limits(made)
    breaks_no_letter(caption, made)
    loses_no_word(caption, made)


@pytest.mark.parametrize("language", by_tier(LANGUAGES[::3], LANGUAGES))
def test_they_hold_for_the_made_corpus(language: str) -> None:
    captions = [one.text for one in CORPUS if one.language == language]
    assert not {text: broken for text in captions if (broken := broken_promises(text))}


WIDTH = (Visibility.ONLY_ME, Visibility.FRIENDS, Visibility.PUBLIC)


@given(
    WILD,
    st.sampled_from([None, *Visibility]),
    st.sampled_from(Action),
    st.sampled_from([Action.HOLD, Action.SKIP, *Visibility]),
    EDITS,
)
def test_nobody_else_sees_a_note_whatever_rules_and_edits_say_but_of_that(
    caption: str,
    was: Visibility | None,
    only_me: Action,
    not_told: Action | Visibility,
    edit: Edit,
) -> None:
    item = post(1, text=caption, visibility=was)
    rules = Rules(only_me=only_me, not_told=not_told)
    (made,) = plan(item, rules=rules, edits=edited(n1=replace(edit, visibility=None))).notes
    if was is not None:
        assert WIDTH.index(made.visibility) <= WIDTH.index(was)
    elif isinstance(not_told, Visibility):
        assert made.visibility is not_told
    else:
        assert made.visibility is Visibility.ONLY_ME


@given(st.dictionaries(st.sampled_from(["1", "2", "2.1", "2.2"]), WRITTEN, max_size=3))
def test_edits_that_were_written_and_read_make_the_same_notes(
    tmp_path_factory: pytest.TempPathFactory, notes: dict[str, Edit]
) -> None:
    posts = post(1), post(2, pictures=30)
    path = tmp_path_factory.getbasetemp() / "edits.yaml"
    write_edits(Edits(path, notes))
    written, read = (plan(*posts, edits=one) for one in (Edits(path, notes), read_edits(path)))
    assert (written.notes, written.digest) == (read.notes, read.digest)
