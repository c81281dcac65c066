"""How hashtags are compared: one form for all spellings of one."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Joiners are letters of some scripts and invisible in others: no two tags differ by them.
_IGNORED = str.maketrans("", "", " \u00a0_-'’.·#＃\u200b\u200c\u200d")
_LATIN_END = "\u0250"


@lru_cache(65_536)
def fold_tag(tag: str) -> str:
    """Fold a tag to the form in which tags are compared: no case, no accents of Latin letters, no
    blanks, underscores and joiners. `Day in my life`, `day_in_my_life` and `DayInMyLife` are one."""
    if tag.isascii():
        return tag.lower().translate(_IGNORED)
    letters, base = [], ""
    for letter in unicodedata.normalize("NFD", tag.translate(_IGNORED).casefold()):
        if not unicodedata.combining(letter):
            base = letter
        elif base < _LATIN_END:
            continue
        letters.append(letter)
    return unicodedata.normalize("NFKC", "".join(letters))
