"""Names that copies, edited versions and leftovers of downloads have, as phones, systems, browsers and
yt-dlp give them. Looks at names only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# Browsers and Google Takeout write `NAME (1)` and `NAME(1)`, Windows `NAME - Copy (2)`, macOS
# `NAME copy 2`, each in the system's own language.
_COPY_WORDS = "copy|kopie|copie|copia|cópia|kopia|копия|副本|コピー|복사본"
_COPY = re.compile(
    rf" ?\([0-9]{{1,3}}\)|(?: [-–])? (?:{_COPY_WORDS})(?: ?\(?[0-9]{{1,3}}\)?)?", re.IGNORECASE
)
# An iPhone writes `IMG_E1234` beside `IMG_1234`, Google Takeout `NAME-edited` in the language of the
# account, Google Photos `NAME~2`.
_IPHONE_EDIT = re.compile(r"(IMG_)E([0-9]{4,})", re.IGNORECASE)
_EDIT_WORDS = "edited|bearbeitet|bewerkt|modifié|modificato|editado|edytowane|編集済み"
_EDIT = re.compile(rf"[-_](?:{_EDIT_WORDS})|~[2-9]", re.IGNORECASE)
# yt-dlp's own, before it puts sound and picture together: `NAME.temp.mp4`, and `NAME.fFORMAT.mp4`
# with TikTok's names of formats (`h264_540p_1234-0`, `download`) or a number.
_LEFTOVER = re.compile(r"\.(?:temp|f(?:[0-9]+|download|play|[a-z0-9]+_[\w-]+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CopyName:
    """A file's name without its ending, and what it says: `base` is the name that it was made of,
    as a copy, as an edited version, or both."""

    base: str
    copy: bool = False
    edited: bool = False


def parse_copy_name(stem: str) -> CopyName:
    """Take the marks of copies and edited versions off a name without its ending."""
    copy = edited = False
    if match := _IPHONE_EDIT.match(stem):
        stem, edited = match[1] + match[2] + stem[match.end() :], True
    while True:
        if shorter := _without(_COPY, stem):
            stem, copy = shorter, True
        elif shorter := _without(_EDIT, stem):
            stem, edited = shorter, True
        else:
            return CopyName(stem, copy, edited)


def whole_stem(stem: str) -> str:
    """A name without its ending and without what yt-dlp adds to it while it works."""
    return _without(_LEFTOVER, stem) or stem


def is_leftover(path: Path) -> bool:
    """Whether yt-dlp names a file so that it makes a whole one of, and removes then."""
    return whole_stem(path.stem) != path.stem


def _without(mark: re.Pattern[str], stem: str) -> str:
    """The name without this mark at its end; empty where it has none, or is nothing else."""
    found = [match for match in mark.finditer(stem) if match.end() == len(stem)]
    return stem[: found[0].start()] if found else ""
