"""The notes of a large corpus keep what every note promises, whatever the script."""

from __future__ import annotations

import re

import pytest

from crossover.text import title_units
from tests.mapping.corpus.captions import CorpusCaption, read_corpus
from tests.mapping.titles.test_titles import note_of

CORPUS = read_corpus()
SCRIPTS = sorted({caption.script for caption in CORPUS} - {""})
HANGING = re.compile(r"[,:，：；、(（\[【「«“–—-]$|(?<![Α-ώ]);$")  # ";" asks in Greek


@pytest.mark.parametrize("script", SCRIPTS)
def test_titles_fit_and_end_on_words(script: str) -> None:
    """Judged by script, so that one that a rule breaks is named."""
    for caption in of_script(script):
        made = note_of(caption.text)
        for title in (made.title, *made.title_candidates):
            assert title_units(title) <= 20, caption
            assert title == title.strip(), caption
            assert not title.startswith("#"), caption
            assert not HANGING.search(title), caption


def of_script(script: str) -> list[CorpusCaption]:
    return [caption for caption in CORPUS if caption.script == script]
