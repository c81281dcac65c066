"""`crossover status`: where every post stands."""

from __future__ import annotations

from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import read_entries
from crossover.cli.options import JsonOption, RehearsalOption, WorkspaceOption, again_flags
from crossover.cli.view.questions import count_questions
from crossover.cli.view.screen import (
    data,
    say_next,
)
from crossover.cli.view.status import posts_in, show_head, show_reasons, show_sums
from crossover.library.posts_file import read_library
from crossover.mapping.missing import NO_WORDS
from crossover.model.notes import State
from crossover.plan.document import read_plan
from crossover.storage.documents import to_json
from crossover.transfer.report.status import Status, status_of
from crossover.workspace import Workspace, find_workspace


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
    show_reasons(where)
    count_questions(library)
    say_next(next_command(where, workspace, rehearsal, listed=library.listed))


def current_status(place: Workspace, rehearsal: Path | None) -> Status:
    """The status of a workspace against its practice account. Changes nothing on disk."""
    plan = read_plan(place.plan)
    ledger = AccountFolder(rehearsal or place.practice).ledger
    return status_of(plan, read_entries(ledger))


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
    unclear = [str(number) for number in posts_in(where, State.UNKNOWN)[:1]]
    if not unclear and not listed and _wait_for_words(where):
        return "crossover captions" + again_flags(workspace)
    return " ".join(["crossover preview", *unclear]) + again_flags(workspace)


def _wait_for_words(where: Status) -> bool:
    return any(note.state is State.HOLD and NO_WORDS in (note.reason or "") for note in where.notes)
