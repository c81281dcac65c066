"""Gives names of the page others, in the files as they are served: the page goes on working, and
whoever knows the old names does not find them.

In scripts only what stands between quotes is a name of the page; a class `name` is not the property
`name` of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# What stands between quotes, after comments, which may hold a quote of their own.
_QUOTED = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`', re.DOTALL)


def rename_text(text: str, media_type: str, renames: Sequence[tuple[str, str]]) -> str:
    """Rename in the text of one file. A name of plain letters is renamed where it stands alone,
    any other text wherever it stands."""
    if not renames:
        return text
    if media_type.endswith("javascript"):
        return _QUOTED.sub(lambda found: _rename_quoted(found[0], renames), text)
    return _rename(text, renames)


def _rename_quoted(piece: str, renames: Sequence[tuple[str, str]]) -> str:
    return piece if piece.startswith("/") else _rename(piece, renames)


def _rename(text: str, renames: Sequence[tuple[str, str]]) -> str:
    for old, new in renames:
        pattern = re.escape(old)
        if old.isascii():
            pattern = rf"(?<![\w-]){pattern}(?![\w-])"
        text = re.sub(pattern, lambda _, new=new: new, text)  # type: ignore[misc]
    return text
