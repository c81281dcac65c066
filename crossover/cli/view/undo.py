"""A batch with its links, how each note of it is deleted, and what was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.text import Text

from crossover.cli.view.dates import day_and_time
from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import count, hanging, home_short, note_numbers_text, say, say_points
from crossover.cli.view.status import title_text, words_for
from crossover.destinations.open import Target
from crossover.model.next_step import Hint, step
from crossover.text import one_line
from crossover.transfer.resolve.take_back import SentBatch, SentNote

_HOW_IN_STUDIO = (
    "On RedNote's studio page (/new/note-manager) move the pointer over the note, press the bin"
    " (删除), and confirm 删除笔记."
)
"""Known from public tools (September 2026)."""

_HOW_IN_APP = (
    "In the app, which we did not see: open the note; deleting it is likely behind the … at its top"
    " right."
)


def show_batch(batch: SentBatch, target: Target, flags: Flags) -> None:
    """Show a batch: when it went out, and where each note of it stands."""
    began = day_and_time(batch.run.began, datetime.now(UTC))
    where = "the practice account" if target.is_practice else f"{target.name} on {target.site}"
    say(f"Batch {batch.run.id}, {began}, on {where}:", style="bold")
    for note in batch.notes:
        # A link of practice lives as long as the run that gave it.
        said = "" if target.is_practice else note.entry.url or note.entry.note_id or ""
        if not note.is_there:
            said = (
                "not there any more"
                if note.entry.review
                else words_for(target.site)[note.entry.state]
            )
        text = f"{title_text(note.entry.title)}  {said}"
        hanging(Text(f"{note.number:>5}  "), Text(one_line(text)))
    if target.is_practice:
        say("See them:", home_short(target.page))
    if batch.handed:
        numbers = note_numbers_text(note.number for note in batch.handed)
        settle = Hint(
            f"{numbers}: handed to you, without a link. If you did not post: ",
            step("resolve", "--not-posted", batch.handed[0].number),
            ".",
        )
        say(placed(settle, flags))


def show_how_to_delete(batch: SentBatch, flags: Flags) -> None:
    """Tell how the creator deletes the notes of a batch by hand, and what to say then."""
    each = "by its link" if len(batch.there) == 1 else "each by its link"
    say(f"{count(len(batch.there), 'note')} to delete by hand, {each}:")
    say_points([_HOW_IN_STUDIO, _HOW_IN_APP])
    then = Hint("When they are deleted: ", step("undo", batch.run.id, "--done"), ".")
    say(placed(then, flags))


def show_taken_back(note: SentNote) -> None:
    """Tell of one note that is gone."""
    hanging(Text(f"{note.number:>5}  taken back  "), Text(one_line(title_text(note.entry.title))))


def show_after(notes: Sequence[SentNote], flags: Flags) -> None:
    """Tell how notes stand that were taken back."""
    numbers = note_numbers_text(note.number for note in notes)
    them, self = ("It is", "itself") if len(notes) == 1 else ("They are", "themselves")
    more = Hint(
        f"{count(len(notes), 'note')} taken back: {numbers}. {them} not sent again by {self}; to"
        " send one anew: ",
        step("again", notes[0].number),
        ".",
    )
    say(placed(more, flags))
