"""What did not go well in a run: the notes by cause, each with the one thing that helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from rich.text import Text

from crossover.cli.view.next_step import Flags, placed
from crossover.cli.view.screen import console, count, hanging, note_numbers_text, say
from crossover.cli.view.status import LEAVE_OUT
from crossover.model.next_step import Hint, step
from crossover.model.notes import State
from crossover.text import one_line
from crossover.transfer.outcome import Outcome
from crossover.transfer.report.status import Status


class _Kind(Enum):
    REFUSED = auto()
    UNCLEAR = auto()
    LATER = auto()
    KEPT_BACK = auto()


_WORDS = {
    _Kind.REFUSED: "refused",
    _Kind.UNCLEAR: "unclear",
    _Kind.LATER: "sent, not seen there yet",
    _Kind.KEPT_BACK: "kept back",
}
_STATES = {
    State.FAILED: _Kind.REFUSED,
    State.UNKNOWN: _Kind.UNCLEAR,
    State.STARTED: _Kind.LATER,
}

_TYPED = 3
"""Numbers that a command names."""


def show_failures(where: Status, kept_back: Sequence[Outcome], flags: Flags) -> None:
    """Show the notes that were refused, are unclear or were kept back, those of one cause together,
    and what to do about each."""
    causes: dict[tuple[_Kind, str], list[str]] = {}
    for note in where.notes:
        if kind := _STATES.get(note.state):
            causes.setdefault((kind, note.reason or ""), []).append(note.number)
    for outcome in kept_back:
        cause = (_Kind.KEPT_BACK, outcome.reason or "")
        causes.setdefault(cause, []).append(outcome.note.number)
    if not causes:
        return
    console.print()
    say("What needs a look:", style="bold")
    for (kind, reason), numbers in sorted(causes.items(), key=lambda one: one[0][0].value):
        why = f": {one_line(reason).rstrip('.')}." if reason else "."
        notes = f"{count(len(numbers), 'note')} {_WORDS[kind]} ({note_numbers_text(numbers)})"
        hanging(Text("  "), Text(notes + why))
        hanging(Text("    "), Text(placed(_fix(kind, numbers), flags), style="dim"))


def _fix(kind: _Kind, numbers: Sequence[str]) -> str:
    match kind:
        case _Kind.REFUSED:
            again = "Change what it says, then try anew: "
            if len(numbers) > 1:
                again = "Change what it says, then try each anew, as in "
            return Hint(again, step("again", numbers[0]), f"; or leave it out: {LEAVE_OUT}.")
        case _Kind.UNCLEAR:
            return Hint("Settle what you know: ", step("resolve", *_few(numbers)), ".")
        case _Kind.LATER:
            return Hint(
                "Lists can lag: the next upload looks again before it sends anything, or you look"
                " now: ",
                step("resolve", *_few(numbers)),
                ".",
            )
        case _Kind.KEPT_BACK:
            return Hint("Plan again: ", step("plan"), ".")


def _few(numbers: Iterable[str]) -> Sequence[str]:
    """The numbers as arguments, none where they are too many to type: all open notes then."""
    some = list(numbers)
    return some if len(some) <= _TYPED else ()
