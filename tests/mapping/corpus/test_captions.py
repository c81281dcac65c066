"""The made corpus is what is said of it: many captions, each once, in many languages and fields."""

from __future__ import annotations

from tests.mapping.corpus.captions import read_corpus

CORPUS = read_corpus()


def test_every_caption_stands_once() -> None:
    texts = [caption.text for caption in CORPUS]
    assert len(set(texts)) == len(texts) >= 420


def test_the_captions_are_in_many_scripts_languages_and_fields() -> None:
    assert len({caption.script for caption in CORPUS} - {""}) >= 20
    assert len({caption.language for caption in CORPUS}) >= 38
    assert len({caption.field for caption in CORPUS if caption.language == "en"}) >= 30


def test_captions_are_short_and_long() -> None:
    lengths = sorted(len(caption.text) for caption in CORPUS)
    assert lengths[0] <= 5
    assert lengths[-1] >= 1400
