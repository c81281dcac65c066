"""Which notes of a plan the creator asked to see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from crossover.errors import UsageProblem
from crossover.guide.holds import Waiting
from crossover.model.next_step import Hint, step
from crossover.model.note_range import NoteRange
from crossover.model.notes import Change, Note, Plan, State
from crossover.model.posts import Kind
from crossover.transfer.report.status import Standing, Status


@dataclass(frozen=True, slots=True)
class Selection:
    """What a note must be to be shown; of everything that is given, all must hold. `text` stands in
    its words, whatever the case."""

    numbers: tuple[NoteRange, ...] = ()
    year: int | None = None
    kind: Kind | None = None
    text: str = ""
    needs_you: bool = False
    changed: bool = False

    @property
    def is_everything(self) -> bool:
        """Whether nothing was asked for, so that every note is meant."""
        return self == EVERYTHING


EVERYTHING = Selection()


def select_notes(
    plan: Plan, status: Status, waiting: Collection[Waiting], selection: Selection
) -> Iterator[tuple[Note, Standing]]:
    """Yield the notes that were asked for, in order. Raises `UsageProblem` for a number that no
    note has."""
    for numbers in selection.numbers:
        if not any(note in numbers for note in plan.notes):
            raise UsageProblem(
                f"There is no note {numbers}.",
                next=Hint(step("plan", "--all"), " lists all notes by number."),
            )
    waits = {number for group in waiting for number in group.numbers}
    for note, standing in zip(plan.notes, status.notes, strict=True):
        ended_badly = standing.state in (State.FAILED, State.UNKNOWN)
        if (
            (not selection.numbers or any(note in numbers for numbers in selection.numbers))
            and selection.year in (None, note.posted_at.year)
            and selection.kind in (None, note.kind)
            and selection.text.casefold() in _words(note, standing)
            and (not selection.needs_you or ended_badly or note.number in waits)
            and (not selection.changed or has_changed_words(note) or standing.changed_since)
        ):
            yield note, standing


def _words(note: Note, standing: Standing) -> str:
    topics = " ".join(f"#{topic}" for topic in note.topics)
    return f"{note.title}\n{standing.title}\n{note.body}\n{topics}".casefold()


def changes_of_words(note: Note) -> tuple[Change, ...]:
    """Find what a reader misses of the post, or reads otherwise. A title taken from the words is no
    such change, nor is a text that only hands its hashtags over to the topics, or its beginning to
    the title, nor are topics that others come to."""
    return tuple(_list_changes(note))


def has_changed_words(note: Note) -> bool:
    """Whether there are any `changes_of_words`."""
    return any(True for _ in _list_changes(note))


def _list_changes(note: Note) -> Iterator[Change]:
    topics = {topic.casefold() for topic in note.topics}
    title = frozenset(note.title.split())
    return (change for change in note.changes if _changes_words(change, topics, title))


def _changes_words(change: Change, topics: Collection[str], title: Collection[str]) -> bool:
    match change.field:
        case "cover" | "media" | "original":
            return False
        case "title":
            return bool(change.before) and change.after not in change.before
        case "body":
            kept = {*change.after.split(), *title}
            pieces = change.before.replace("#", " ").split()
            return any(piece not in kept and piece.casefold() not in topics for piece in pieces)
        case "topics":
            tags = change.before.replace("#", " ").split()
            return not tags or any(tag.casefold() not in topics for tag in tags)
        case _:
            return True
