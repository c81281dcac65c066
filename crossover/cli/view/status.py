"""Where the posts stand."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from crossover.cli.view.next_step import Flags, command_line
from crossover.cli.view.screen import (
    console,
    count,
    hanging,
    home_short,
    note_numbers_text,
    numbers_text,
    say,
)
from crossover.library.posts_file import Library
from crossover.model.next_step import step
from crossover.model.notes import State
from crossover.plan.changed_since import name_changes
from crossover.text import one_line, whole_sentence
from crossover.transfer.report.status import Status
from crossover.workspace import Workspace

# What a creator reads: practice is never called posting.
WORDS = {
    State.POSTED: "practised",
    State.READY: "ready to go",
    State.UPLOADING: "under way",
    State.STARTED: "sent, not yet looked up",
    State.UNKNOWN: "unclear",
    State.FAILED: "refused",
    State.HANDED: "handed to you",
    State.HOLD: "on hold",
    State.SKIP: "left out",
    State.UNREADABLE: "unreadable",
}

_AFTER_SENDING = "The next upload looks for it on the account first."
_CUT_ANEW = "A part of it went out with other pictures than planned here; plan again."


def show_head(library: Library, workspace: Workspace) -> None:
    """Tell whose posts these are, and in which workspace."""
    who = f"@{library.handle} · " if library.handle else ""
    posts = len(library.posts) + len(library.unreadable)
    say(f"{who}{count(posts, 'post')} · {home_short(workspace.root)}")
    console.print()


def show_sums(where: Status) -> None:
    """All posts, by state, as a sum that can be checked."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    for state, word in WORDS.items():
        number = getattr(where, state)
        if number:
            table.add_row(f"{number:,}", word)
    found = "post found" if where.found == 1 else "posts found"
    table.add_row(Text(f"{where.found:,}", style="bold"), Text(found, style="bold"))
    console.print(table)


def show_reasons(where: Status) -> None:
    """Tell why a note is not there, or not known to be."""
    for note in where.notes:
        reason = _AFTER_SENDING if note.state is State.STARTED else note.reason
        if reason and note.state not in (State.POSTED, State.SKIP):
            word = "not sent yet" if note.state is State.READY else WORDS[note.state]
            head = f"{note.number:>5}  {word}  "
            hanging(Text(head), Text(one_line(whole_sentence(reason)), style="dim"))
    for number in where.cut_anew:
        hanging(Text(f"{number:>5}  {WORDS[State.HOLD]}  "), Text(_CUT_ANEW, style="dim"))


def show_changes_since(where: Status) -> None:
    """Tell which notes stay as they went out, although something of them changed here."""
    numbers: dict[tuple[str, ...], list[str]] = {}
    for note in where.notes:
        if note.changed_since:
            numbers.setdefault(note.changed_since, []).append(note.number)
    for fields, changed in numbers.items():
        each = "each " * (len(changed) > 1)
        text = f"{each}stays as it went out; since then {name_changes(fields)} changed"
        hanging(Text(f"{note_numbers_text(changed):>5}  "), Text(text, style="dim"))


def show_needs(where: Status, flags: Flags) -> None:
    """Say aloud what must not be overlooked."""
    says_why = command_line(step("status"), flags)
    waiting = where.posts_in(State.HOLD)
    if waiting:
        say(
            f"{count(len(waiting), 'post')} {'waits' if len(waiting) == 1 else 'wait'} for you:"
            f" {numbers_text(waiting)} ({command_line(step('preview', str(waiting[0])), flags)})"
        )
    if where.failed:
        say(f"{count(where.failed, 'post')} refused; `{says_why}` says why.")
    if where.unknown:
        unclear = numbers_text(where.posts_in(State.UNKNOWN))
        them = "it" if where.unknown == 1 else "them"
        say(
            f"{count(where.unknown, 'post')} unclear: {unclear}. Look for {them} on the account;"
            f" `{says_why}` says why."
        )
        if any(note.state is State.UNKNOWN and not note.attempt for note in where.notes):
            say(
                "What was there before, or is the same post of a renamed account, can be left out:"
                " `action: skip` in edits.yaml or in the sheet."
            )
    if where.unreadable:
        say(f"{count(where.unreadable, 'record')} of the export cannot be read as a post.")
