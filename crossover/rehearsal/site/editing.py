"""Edits a note as a site may: its words are stored otherwise than they were sent."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from crossover.rehearsal.site.rules import MARKER
from crossover.rehearsal.store.records import NewNote

TITLE, DESCRIPTION = 8, 40


def edit_note(note: NewNote, how: str) -> NewNote:
    """Edit a note as the fault `edited-text` says."""
    match how:
        case "normalise":
            return replace(note, title=_normalise(note.title), desc=_normalise(note.desc))
        case "shorten":
            return replace(note, title=note.title[:TITLE], desc=note.desc[:DESCRIPTION].strip())
        case _:
            return replace(note, desc=MARKER.sub("", note.desc).strip(), topics=())


def _normalise(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())
