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
    folded = " ".join(text.casefold().split())
    return tuple(word for word in words if word.strip() and _pattern(word).search(folded))


@lru_cache(maxsize=1000)
def _pattern(word: str) -> re.Pattern[str]:
    folded = " ".join(word.casefold().split())
    before = NO_LETTER_BEFORE if re.match(_LETTER, folded) else ""
    after = NO_LETTER_AFTER if re.match(_LETTER, folded[-1]) else ""
    return re.compile(before + re.escape(folded) + after)
