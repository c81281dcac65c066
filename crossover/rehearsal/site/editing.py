"""Changes a site makes to words it was sent."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from crossover.rehearsal.site.rules import MARKER
from crossover.rehearsal.store.records import NewNote

TITLE, DESCRIPTION = 8, 40


def edited(note: NewNote, how: str) -> NewNote:
    match how:
        case "normalise":
            return replace(note, title=_plain(note.title), desc=_plain(note.desc))
        case "shorten":
            return replace(note, title=note.title[:TITLE], desc=note.desc[:DESCRIPTION].strip())
        case _:
            return replace(note, desc=MARKER.sub("", note.desc).strip(), topics=())


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
