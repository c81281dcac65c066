"""Captions in many languages become the notes that a reader would want."""

from __future__ import annotations

import pytest

from crossover.mapping.titles.languages import find_language
from tests.mapping.titles.goldens import Golden, read_goldens
from tests.mapping.titles.test_titles import note_of

GOLDENS = read_goldens()


@pytest.mark.parametrize("golden", GOLDENS, ids=[golden.caption[:24] for golden in GOLDENS])
def test_a_caption_becomes_the_note_that_a_reader_would_want(golden: Golden) -> None:
    made = note_of(golden.caption)
    assert (made.title, made.body, made.declaration) == (
        golden.title,
        golden.body,
        golden.declaration,
    )


def test_the_captions_are_many_in_many_languages() -> None:
    assert len(GOLDENS) >= 120
    assert len({find_language(golden.caption).code for golden in GOLDENS}) >= 16
