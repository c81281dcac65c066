"""The notes of a large corpus keep what every note promises, whatever the language."""

from __future__ import annotations

import re
from functools import cache

import pytest

from crossover.model.notes import Note
from crossover.text import title_units
from tests.mapping.corpus.captions import read_corpus
from tests.mapping.titles.test_titles import note_of

CORPUS = read_corpus()
LANGUAGES = sorted({caption.language for caption in CORPUS})
HANGING = re.compile(r"[,:，：；、(（\[【「«“–—-]$|(?<![Α-ώ]);$")  # ";" asks in Greek
NAME = re.compile(r"(?<![A-Za-z0-9._])@\w")


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_and_end_on_words(language: str) -> None:
    for text, note in notes_in(language):
        for title in (note.title, *note.title_candidates):
            assert title_units(title) <= 20, text
            assert title == title.strip(), text
            assert not title.startswith("#"), text
            assert not HANGING.search(title), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_tiktok_keeps_its_sign(language: str) -> None:
    """Where scripts have no blanks between words, none stands before the sign either."""
    for text, note in notes_in(language):
        assert not NAME.search(f"{note.title}\n{note.body}"), text


@cache
def notes_in(language: str) -> tuple[tuple[str, Note], ...]:
    return tuple((c.text, note_of(c.text)) for c in CORPUS if c.language == language)
