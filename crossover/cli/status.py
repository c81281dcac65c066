"""`crossover status`: where every post stands."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table
from rich.text import Text

from crossover.account import AccountFolder
from crossover.cli.options import JsonOption, RehearsalOption, WorkspaceOption, where_flag
from crossover.cli.screen import console, count, data, hanging, say, say_next
from crossover.files import to_json
from crossover.ledger import read_entries
from crossover.model import State
from crossover.plan import read_plan
from crossover.report import Status, status_of
from crossover.text import one_line
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
    show_sums(where)
    _show_reasons(where)
    say_next(next_command(where) + where_flag(workspace))


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
            head = f"{note.number:>5}  {WORDS[note.state]}  "
            hanging(Text(head), Text(one_line(note.reason), style="dim"))


def next_command(where: Status) -> str:
    """The one command to go on with."""
    if where.ready or where.uploading or where.started or where.unknown:
        return "crossover upload"
    if where.hold:
        return "crossover preview"
    return "crossover status"


def show_needs(where: Status) -> None:
    """Say aloud what must not be overlooked."""
    if where.failed:
        say(f"{count(where.failed, 'post')} refused; see `crossover status` for the reason.")
    if where.unknown:
        say(
            f"{count(where.unknown, 'post')} unclear: looked up and not settled; nothing is sent again."
        )
    if where.unreadable:
        say(f"{count(where.unreadable, 'record')} of the export cannot be read as a post.")
