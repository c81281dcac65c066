"""Where the posts stand."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from crossover.cli.view.next_step import Flags, command_line, placed
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
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, step
from crossover.model.notes import State
from crossover.plan.changed_since import name_changes
from crossover.text import one_line, whole_sentence
from crossover.transfer.outcome import GOES_OUT
from crossover.transfer.report.status import Standing, Status
from crossover.workspace import Workspace

_WORDS = {
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


def words_for(site: SiteName) -> Mapping[State, str]:
    """What a creator reads of each state: practice is never called posting."""
    return _WORDS if site is SiteName.REHEARSAL else _WORDS | {State.POSTED: "posted"}


SENT = (State.POSTED, State.HANDED, State.STARTED, State.UNKNOWN, State.FAILED)
"""States of which the account knows more than the plan."""

NOT_AGAIN = "It is not sent again by itself."
"""Of a note that was refused, whatever of it changed since."""

LEAVE_OUT = "`action: skip` in edits.yaml or in the sheet"

_MOST_TITLES = 12
_PRACTISE_ANEW = Hint(
    "To practise all notes anew, as they are now: ",
    step("rehearsal reset"),
    ", then ",
    step("upload"),
)

_AFTER_SENDING = "The next upload looks for it on the account first."
_REVIEWS = {"gone": "gone", "refused": "refused by review"}
"""What became of notes after they were there, where the creator should know."""

_CUT_ANEW = "A part of it went out with other pictures than planned here; plan again."


def title_text(title: str) -> str:
    """Format a title among other words."""
    return f"“{one_line(title)}”" if title.strip() else "(no title)"


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
    for state, word in words_for(where.site).items():
        number = getattr(where, state)
        if number:
            table.add_row(f"{number:,}", word)
    found = "post found" if where.found == 1 else "posts found"
    table.add_row(Text(f"{where.found:,}", style="bold"), Text(found, style="bold"))
    console.print(table)


def show_handed(where: Status, flags: Flags) -> None:
    """Remind of notes that were handed over, and whose links are awaited."""
    handed = [note for note in where.notes if note.state is State.HANDED]
    by_pack: dict[str | None, list[str]] = {}
    for note in handed:
        by_pack.setdefault(note.pack, []).append(note.number)
    for pack, numbers in by_pack.items():
        given = f"handed to you (pack {pack})" if pack else "left among RedNote's drafts"
        links = Hint(
            f"{count(len(numbers), 'note')} {given}, and not linked yet:"
            f" {note_numbers_text(numbers)}. Posted by now? Give the links: ",
            step("resolve"),
            ".",
        )
        say(placed(links, flags))


def show_reasons(where: Status) -> None:
    """Tell why a note is not there, or not known to be; of those that were left out, where it was
    refused before. What is on hold is told by cause."""
    waits: dict[str, list[str]] = {}
    for note in where.notes:
        if note.review in _REVIEWS:
            said = whole_sentence(note.review_reason or "RedNote did not say why")
            head = Text(f"{note.number:>5}  {_REVIEWS[note.review]}  ")
            hanging(head, Text(one_line(f"{said} {NOT_AGAIN}"), style="dim"))
            continue
        reason = _AFTER_SENDING if note.state is State.STARTED else note.reason
        if note.state is State.READY and not note.attempt and reason:
            waits.setdefault(reason, []).append(note.number)
            continue
        is_told = note.state in (State.POSTED, State.HOLD, State.HANDED)
        is_told |= note.state is State.SKIP and not note.attempt
        if reason and not is_told:
            word = "not sent yet" if note.state is State.READY else _WORDS[note.state]
            reason = whole_sentence(reason)
            if note.state is State.FAILED:
                reason = f"{reason} {NOT_AGAIN}"
            hanging(Text(f"{note.number:>5}  {word}  "), Text(one_line(reason), style="dim"))
    if all(note.reason for note in where.notes if note.state in GOES_OUT):
        waits = {}  # those that go first are there
    for reason, numbers in waits.items():
        hanging(
            Text(f"{note_numbers_text(numbers):>5}  not sent yet  "),
            Text(whole_sentence(reason), style="dim"),
        )
    for number in where.cut_anew:
        hanging(Text(f"{number:>5}  {_WORDS[State.HOLD]}  "), Text(_CUT_ANEW, style="dim"))


def show_changes_since(where: Status, flags: Flags) -> None:
    """Tell which notes stay as they were sent, although something of them changed here, the titles
    of the first of them, and how they are practised anew."""
    changed: dict[tuple[bool, tuple[str, ...]], list[Standing]] = {}
    for note in where.notes:
        if note.changed_since and note.state is not State.SKIP:
            refused = note.state is State.FAILED
            changed.setdefault((refused, note.changed_since), []).append(note)
    titles = _MOST_TITLES
    for (refused, fields), notes in changed.items():
        each = "each " * (len(notes) > 1)
        how = "was refused" if refused else "stays as it went out"
        numbers = note_numbers_text(note.number for note in notes)
        text = f"{each}{how}; since then {name_changes(fields)} changed"
        hanging(Text(f"{numbers:>5}  "), Text(text, style="dim"))
        named = notes[:titles] if "title" in fields else []
        titles -= len(named)
        for note in named:
            head = f"{'':7}{note.number}  " if notes[1:] else f"{'':7}"
            hanging(
                Text(head), Text(f"{title_text(note.title)} → {title_text(note.title_planned)}")
            )
    if changed and where.site is SiteName.REHEARSAL:
        say(placed(_PRACTISE_ANEW, flags))


def show_needs(where: Status, flags: Flags) -> None:
    """Say aloud what must not be overlooked."""
    show_holds(where, flags)
    _show_unsettled(where, flags)
    show_unreadable(where)


def show_holds(where: Status, flags: Flags) -> None:
    """Say which posts wait for the creator."""
    says_why = command_line(step("status"), flags)
    waiting = where.posts_in(State.HOLD)
    if waiting:
        say(
            f"{count(len(waiting), 'post')} {'waits' if len(waiting) == 1 else 'wait'} for you:"
            f" {numbers_text(waiting)} (what for: `{says_why}`)"
        )


def _show_unsettled(where: Status, flags: Flags) -> None:
    says_why = command_line(step("status"), flags)
    if where.failed:
        refused = numbers_text(where.posts_in(State.FAILED))
        first = next(note.number for note in where.notes if note.state is State.FAILED)
        say(
            f"{count(where.failed, 'post')} refused: {refused}; `{says_why}` says why. What was refused"
            " is not sent again by itself."
        )
        more = Hint("Try one anew: ", step("again", first), f"; or leave it out: {LEAVE_OUT}.")
        say(placed(more, flags))
    if where.unknown:
        unclear = numbers_text(where.posts_in(State.UNKNOWN))
        settle = Hint(
            f"{count(where.unknown, 'post')} unclear: {unclear}. Settle what you know: ",
            step("resolve"),
            f"; `{says_why}` says why.",
        )
        say(placed(settle, flags))


def show_unreadable(where: Status) -> None:
    """Say how many records of the export are no posts."""
    if where.unreadable:
        say(f"{count(where.unreadable, 'record')} of the export cannot be read as a post.")
