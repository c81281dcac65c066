"""Numbers of notes as they are typed."""

from __future__ import annotations

import re

import typer

from crossover.model.note_range import NoteRange


def parse_note_range(text: str) -> NoteRange:
    """Parse `17`, `17.2` or `10-20`."""
    match = re.fullmatch(r"([0-9]{1,9})(?:\.([0-9]{1,9})|-([0-9]{1,9}))?", text)
    if match is None:
        raise typer.BadParameter(f"{text} is no number of a note, such as 17, 17.2 or 10-20.")
    first, part, last = match.groups()
    return NoteRange(int(first), int(last or first), int(part) if part else None)
