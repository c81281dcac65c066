"""`crossover status`: where every post stands."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table
from rich.text import Text

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import read_entries
from crossover.cli.options import JsonOption, RehearsalOption, WorkspaceOption, again_flags
from crossover.cli.questions import count_questions
from crossover.cli.screen import (
    console,
    count,
    data,
    hanging,
    home_short,
    numbers_text,
    say,
    say_next,
)
from crossover.library.posts_file import Library, read_library
from crossover.mapping.missing import NO_WORDS
from crossover.model.notes import State
from crossover.plan.document import read_plan
from crossover.storage.documents import to_json
from crossover.text import one_line
from crossover.transfer.report.status import Status, status_of
from crossover.workspace import Workspace, find_workspace

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


def status(
    workspace: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where every post stands, and what is next."""
    place = find_workspace(workspace, Path.home())
    where = current_status(place, rehearsal)
    if as_json:
        data(to_json(where))
        return
    library = read_library(place.posts)
    show_head(library, place)
    show_sums(where)
    _show_reasons(where)
    count_questions(library)
    say_next(next_command(where, workspace, rehearsal, listed=library.listed))


def show_head(library: Library, place: Workspace) -> None:
    """Whose posts these are, and in which workspace."""
    who = f"@{library.handle} · " if library.handle else ""
    posts = len(library.posts) + len(library.unreadable)
    say(f"{who}{count(posts, 'post')} · {home_short(place.root)}")
    console.print()


def current_status(place: Workspace, rehearsal: Path | None) -> Status:
    """The status of a workspace against its practice account. Changes nothing on disk."""
    plan = read_plan(place.plan)
    ledger = AccountFolder(rehearsal or place.practice).ledger
    return status_of(plan, read_entries(ledger))


def show_sums(where: Status) -> None:
    """All posts, by state, as a sum that can be checked."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    table.add_column()
    for state, word in WORDS.items():
        number = getattr(where, state)
        if number:
            table.add_row(f"{number:,}", word)
    table.add_row(Text(f"{where.found:,}", style="bold"), Text("posts found", style="bold"))
    console.print(table)


def _show_reasons(where: Status) -> None:
    for note in where.notes:
        if note.reason and note.state not in (State.POSTED, State.SKIP):
            word = "not sent yet" if note.state is State.READY else WORDS[note.state]
            head = f"{note.number:>5}  {word}  "
            reason = note.reason if note.state is State.HOLD else in_practice(note.reason)
            hanging(Text(head), Text(one_line(reason), style="dim"))


def in_practice(text: str) -> str:
    """What was said of RedNote, where the practice account stood in for it."""
    named = text.replace("RedNote", "the practice account")
    return named[:1].upper() + named[1:] if text.startswith("RedNote") else named


def next_command(
    where: Status,
    workspace: Path | None,
    rehearsal: Path | None,
    *,
    listed: bool,
    kept_back: int = 0,
) -> str:
    """The one command to go on with, in the same place. `listed`: words were looked for on the
    public page already. `kept_back` notes cannot be sent as they are planned."""
    if kept_back:
        return "crossover plan" + again_flags(workspace, rehearsal)
    if where.ready or where.uploading or where.started:
        return "crossover upload" + again_flags(workspace, rehearsal)
    # Looking once more on its own settles nothing that the creator has not looked at.
    unclear = [str(number) for number in _posts_in(where, State.UNKNOWN)[:1]]
    if not unclear and not listed and _wait_for_words(where):
        return "crossover captions" + again_flags(workspace)
    return " ".join(["crossover preview", *unclear]) + again_flags(workspace)


def _wait_for_words(where: Status) -> bool:
    return any(note.state is State.HOLD and NO_WORDS in (note.reason or "") for note in where.notes)


def show_needs(where: Status, workspace: Path | None, rehearsal: Path | None) -> None:
    """Say aloud what must not be overlooked. `rehearsal` is the practice account if not the
    workspace's own."""
    same_place = again_flags(workspace, rehearsal)
    waiting = _posts_in(where, State.HOLD)
    if waiting:
        say(
            f"{count(len(waiting), 'post')} {'waits' if len(waiting) == 1 else 'wait'} for you:"
            f" {numbers_text(waiting)} (crossover preview {waiting[0]}{again_flags(workspace)})"
        )
    if where.failed:
        say(f"{count(where.failed, 'post')} refused; `crossover status{same_place}` says why.")
    if where.unknown:
        say(
            f"{count(where.unknown, 'post')} unclear: {numbers_text(_posts_in(where, State.UNKNOWN))}."
            f" `crossover status{same_place}` says why. Look for"
            f" {'it' if where.unknown == 1 else 'them'} on the account: what is there is never sent"
            f" again. What is not, or no more once you removed it there, is sent by"
            f" `crossover upload{same_place}`, which looks first."
        )
    if where.unreadable:
        say(f"{count(where.unreadable, 'record')} of the export cannot be read as a post.")


def _posts_in(where: Status, state: State) -> list[int]:
    """The numbers of the posts with a note in this state."""
    return sorted(
        {int(note.number.partition(".")[0]) for note in where.notes if note.state is state}
    )
