"""Notes that go out without any text: told in a line, or asked about."""

from __future__ import annotations

import typer

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import count, note_numbers_text, say
from crossover.transfer.without_text import TextMissing


def show_without_text(missing: TextMissing, flags: Flags) -> None:
    """Say which notes go out so, and where their text may come from."""
    go = "goes" if len(missing.notes) == 1 else "go"
    numbers = note_numbers_text(note.number for note in missing.notes)
    say(
        f"{count(len(missing.notes), 'note')} {go} out with a title and no text: {numbers}.",
        placed(missing.advice, flags),
    )


def confirm_without_text(missing: TextMissing, flags: Flags) -> bool:
    """Say so, and ask whether they shall."""
    show_without_text(missing, flags)
    them = "it" if len(missing.notes) == 1 else "them"
    return typer.confirm(f"Send {them} without text?", default=False, err=True)
