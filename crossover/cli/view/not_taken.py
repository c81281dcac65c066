"""What RedNote did not take of notes that are there, and what the creator can set by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rich.text import Text

from crossover.cli.view.screen import count, hanging, note_numbers_text, say
from crossover.destinations.studio.field_words import name_fields, tell_planned
from crossover.model.account import SiteName
from crossover.model.notes import Note
from crossover.transfer.report.status import Status

_MOST = 12
"""So many lines are shown."""


def not_taken_text(names: Collection[str]) -> str:
    """Format as `RedNote did not take 2 options: seen by, topics. Set them on the note there.`"""
    them = "it" if len(names) == 1 else "them"
    return (
        f"RedNote did not take {count(len(names), 'option')}: {name_fields(names)}. Set {them} on the"
        " note there, if you want."
    )


def show_not_taken(where: Status, notes: Iterable[Note]) -> None:
    """Name each option that was dropped, as it was planned in `notes`; notes that lack the same share a
    line."""
    planned = {note.id: note for note in notes}
    lacking: dict[str, list[str]] = {}
    for one in where.notes:
        if one.not_taken and one.visibility_sent:
            fields = tell_planned(one.not_taken, planned[one.id], one.visibility_sent)
            lacking.setdefault(" · ".join(fields), []).append(one.number)
    if not lacking:
        return
    many = sum(map(len, lacking.values()))
    there = count(many, "note is", "notes are")
    if where.site is SiteName.REHEARSAL:
        place, advice = "in the practice account", "On RedNote you could set it by hand:"
    else:
        place, advice = "on RedNote", "Set it there by hand, if you want:"
    say(f"{there} {place} without something that was planned. {advice}")
    for text, numbers in [*lacking.items()][:_MOST]:
        hanging(Text(f"{note_numbers_text(numbers):>5}  "), Text(text))
    if len(lacking) > _MOST:
        say(f"{'':7}and more, which the report names", style="dim")
