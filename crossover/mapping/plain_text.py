"""Removes characters that nobody sees and that could hide or reverse what a reader sees."""

from __future__ import annotations

import unicodedata

import regex

# C0 and C1 but line feed, bidi controls, byte order marks, tags outside of flags, half pairs.
_HIDDEN = regex.compile(
    r"[\x00-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB\uD800-\uDFFF]"
    r"|(?<!\U0001F3F4[\U000E0020-\U000E007F]*)[\U000E0000-\U000E007F]"
)
_LINE_END = regex.compile(r"\r\n|[\r\x0B\x0C\x85\u2028\u2029]")
_SEEN = regex.compile(r"[\p{L}\p{N}\p{Extended_Pictographic}]")


def clean_text(text: str) -> str:
    """Compose letters (NFC), make line ends and tabs plain, and remove hidden characters."""
    if text.isprintable():
        return unicodedata.normalize("NFC", text).strip()
    plain = _LINE_END.sub("\n", text).replace("\t", " ")
    if not plain.replace("\n", "").isprintable():  # most hide nothing
        plain = _HIDDEN.sub("", plain)
    return unicodedata.normalize("NFC", plain).strip()


def has_words(text: str) -> bool:
    """Whether a reader sees anything in it: a letter, a number or an emoji."""
    return _SEEN.search(text) is not None
