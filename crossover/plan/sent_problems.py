"""Problems that come of what went out of a post before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crossover.accounts.ledger.entry import Entry
from crossover.mapping.notes import add_problem
from crossover.model.notes import Level, Note, Problem
from crossover.plan.changed_since import changed_since, name_changes
from crossover.plan.sent import sent_parts
from crossover.settings.edits import Edits

_CUT_UNSURE = Problem(
    "cut-unsure",
    Level.ERROR,
    "A part of the post went out before, and which pictures it took along is not known: some could"
    " go out twice, others never.",
    "Look at the account. To send this note: `action: move`; to leave it: `action: skip`; under its"
    " number alone, in the sheet or in edits.yaml.",
)


def tell_sent(notes: tuple[Note, ...], rows: Mapping[int, Entry], edits: Edits) -> tuple[Note, ...]:
    """Give the notes of one post the problems that come of what went out of it before."""
    if rows and not sent_parts(rows) and not _is_cut_told_by_titles(notes, rows):
        notes = tuple(
            add_problem(note, _CUT_UNSURE)
            if note.part[0] not in rows and not edits.is_moved(note.number)
            else note
            for note in notes
        )
    return tuple(_tell_changes(note, rows.get(note.part[0])) for note in notes)


def _is_cut_told_by_titles(notes: Iterable[Note], rows: Mapping[int, Entry]) -> bool:
    """Whether the titles say that the parts were as many as now. Without more they are taken for
    the same."""
    planned = {note.part[0]: note for note in notes}
    return all(
        (note := planned.get(part)) is not None
        and entry.title == note.title
        and (len(planned) == 1 or note.title.endswith(f"({part}/{len(planned)})"))
        for part, entry in rows.items()
    )


def _tell_changes(note: Note, entry: Entry | None) -> Note:
    changed = changed_since(note, entry)
    if not changed:
        return note
    names = name_changes([difference.field for difference in changed])
    message = f"It stays as it went out; since then {names} changed."
    advice = "What is on the account is left alone."
    return add_problem(note, Problem("changed-since", Level.NOTE, message, advice))
