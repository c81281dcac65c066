"""Looks for words and phrases as wholes, in any script."""

from __future__ import annotations

import re
from functools import lru_cache

# Chinese, Japanese, Korean and Thai are written without blanks: a word may stand beside any letter.
_LETTER = r"[^\W\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]"
NO_LETTER_BEFORE, NO_LETTER_AFTER = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"


def find_words(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Find which of these words and phrases stand in a text, whatever their case. A word of a
    script without blanks may be a part of others, as may one that ends in no letter."""
    folded = _fold(text)
    # Most words are in no text: looking for their letters spares a list of thousands its patterns.
    return tuple(
        word
        for word, letters in zip(words, _fold_all(words), strict=True)
        if letters and letters in folded and _pattern(letters).search(folded)
    )


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(maxsize=8)
def _fold_all(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_fold, words))


@lru_cache(maxsize=1000)
def _pattern(folded: str) -> re.Pattern[str]:
    before = NO_LETTER_BEFORE if re.match(_LETTER, folded) else ""
    after = NO_LETTER_AFTER if re.match(_LETTER, folded[-1]) else ""
    return re.compile(before + re.escape(folded) + after)
