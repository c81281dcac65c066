"""The promises that hold for any caption: over wild text, and over the made corpus of every script."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.mapping.any_caption import PROMISES, note_of
from tests.mapping.corpus.captions import read_corpus
from tests.mapping.test_notes import WORDS
from tests.mapping.titles.test_properties import WILD

CORPUS = read_corpus()
LANGUAGES = sorted({caption.language for caption in CORPUS})


@given(WILD)
def test_whatever_words_there_are_the_promises_hold(caption: str) -> None:
    made = note_of(caption)
    for promise in PROMISES:
        promise(caption, made)


@given(WORDS)
def test_they_hold_for_letters_of_any_kind(caption: str) -> None:
    made = note_of(caption)
    for promise in PROMISES:
        promise(caption, made)


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_hold_for_the_made_corpus(language: str) -> None:
    for one in CORPUS:
        if one.language == language:
            made = note_of(one.text)
            for promise in PROMISES:
                promise(one.text, made)
