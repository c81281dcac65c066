"""Escapes texts that a spreadsheet would take for a formula, a date or a number.

Such a text gets a `'` in front, and so does one that begins with `'` before such a text. So
`restore` is exact: any text comes back as it was."""

from __future__ import annotations

import regex

# What a spreadsheet runs, also behind blanks and in full width (OWASP, "CSV injection").
_FORMULA = regex.compile(r"[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n]")
# `10/10`, `1e5`, `Mar 5`, `007`: with at most one word, a number or a date to some spreadsheet.
_TYPED = regex.compile(r"(?=.*\p{N})[^\p{L}\n]{0,24}\p{L}{0,12}[^\p{L}\n]{0,24}")
_WORDS = frozenset({"true", "false", "wahr", "falsch", "vrai", "faux", "vero", "falso"})


def escape(text: str) -> str:
    """Make the cell for a text."""
    return f"'{text}" if _is_taken(text.lstrip("'")) else text


def restore(cell: str) -> str:
    """Return the text of a cell. `restore(escape(text)) == text` for every text."""
    return cell[1:] if cell.startswith("'") and _is_taken(cell.lstrip("'")) else cell


def _is_taken(text: str) -> bool:
    return bool(_FORMULA.match(text) or _TYPED.fullmatch(text) or text.strip().casefold() in _WORDS)
