"""`docs/media.md` has every kind of file that the media table has, and says what comes of it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.media.kinds_of_pictures import PICTURES
from tests.media.kinds_of_videos import VIDEOS
from tests.media.media_row import Converted, Jpeg, Kept, MediaRow, Refused, Remuxed

PAGE = Path(__file__).parents[2] / "docs" / "media.md"


def test_the_page_says_of_each_kind_what_comes_of_it() -> None:
    tables = PAGE.read_text("utf-8").partition("## Rules")[0]
    told = {
        kind: what
        for kinds, what in re.findall(r"^\| (.+?) \| (.+?) \|$", tables, re.M)
        if kinds != "kinds"
        for kind in kinds.split("; ")
    }
    rows = {_kind_of(row): row for row in (*PICTURES, *VIDEOS) if not row.name[:2].isdigit()}
    assert sorted(told) == sorted(rows)
    assert {
        kind: told[kind] for kind, row in rows.items() if not told[kind].startswith(_words(row))
    } == {}


def _kind_of(row: MediaRow) -> str:
    return row.name.partition(": ")[0]


def _words(row: MediaRow) -> str:
    match row.outcome:
        case Jpeg(missing=True):
            return "what is there, once you say so"
        case Jpeg(exact=True):
            return "its own pixels"
        case Jpeg():
            return "a new JPEG"
        case Converted():
            return "a conversion"
        case Remuxed():
            return "the same picture and sound"
        case Kept():
            return "it itself"
        case Refused():
            return "nothing"
