"""Which spellings of a topic's name are the same topic to RedNote."""

from __future__ import annotations

import unicodedata


def same_name(name: str) -> str:
    """Two spellings of one topic give the same text: case, outer blanks and the way accents are
    written do not count (firm)."""
    return unicodedata.normalize("NFC", name.strip()).casefold()
