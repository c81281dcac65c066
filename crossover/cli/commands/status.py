"""`crossover status`: where every post stands."""

from __future__ import annotations

from pathlib import Path

from crossover.cli.options import JsonOption, RehearsalOption, WorkspaceOption
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.questions import count_questions
from crossover.cli.view.screen import data
from crossover.cli.view.status import show_head, show_reasons, show_sums
from crossover.guide.facts import facts_of
from crossover.guide.next_step import next_step
from crossover.library.posts_file import read_library
from crossover.plan.document import read_plan
from crossover.storage.documents import to_json
from crossover.transfer.report.status import status_with
from crossover.workspace import find_workspace


def status(
    workspace: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
) -> None:
    """Where every post stands, and what is next."""
    place = find_workspace(workspace, Path.home())
    plan = read_plan(place.plan)
    where = status_with(plan, place, rehearsal)
    if as_json:
        data(to_json(where))
        return
    flags = Flags(workspace, rehearsal)
    library = read_library(place.posts)
    show_head(library, place)
    show_sums(where)
    show_reasons(where)
    count_questions(library, flags)
    show_next(next_step(facts_of(place, library, plan, where)), flags)
