"""`crossover status`: where every post stands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crossover.cli.options import JsonOption, RehearsalOption, WorkspaceOption
from crossover.cli.steps.missing_plan import explaining_missing_plan
from crossover.cli.view.accounts import show_held
from crossover.cli.view.lost_edits import show_lost_edits
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.plan_changes import show_plan_changes
from crossover.cli.view.questions import count_questions
from crossover.cli.view.screen import data
from crossover.cli.view.status import (
    show_changes_since,
    show_handed,
    show_head,
    show_reasons,
    show_sums,
)
from crossover.cli.view.topics import show_plain_topics
from crossover.cli.view.waiting import show_waiting
from crossover.guide.facts import facts_of
from crossover.guide.holds import find_waiting
from crossover.guide.next_step import next_step
from crossover.library.posts_file import read_library
from crossover.plan.document import read_plan
from crossover.plan.target import target_of
from crossover.storage.documents import to_json
from crossover.transfer.report.status import status_with
from crossover.workspace import find_workspace


def status(
    chosen: WorkspaceOption = None,
    rehearsal: RehearsalOption = None,
    refresh: Annotated[
        bool,
        typer.Option(
            "--refresh",
            help="Read the account's own list of notes first: what passed review, what is gone.",
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Where every post stands, and what is next."""
    workspace = find_workspace(chosen, Path.home())
    with explaining_missing_plan(workspace, rehearsal):
        plan = read_plan(workspace.plan)
    if refresh:
        from crossover.cli.steps.refresh import refresh_from_list  # the network is slow to load

        flags = Flags(chosen, rehearsal)
        refresh_from_list(workspace, target_of(plan, workspace, rehearsal), flags)
    where = status_with(plan, workspace, rehearsal)
    if as_json:
        data(to_json(where))
        return
    flags = Flags(chosen, rehearsal)
    library = read_library(workspace.posts)
    show_head(library, workspace)
    facts = facts_of(workspace, library, plan, where, rehearsal=rehearsal)
    following = next_step(facts)
    show_held(where.held, flags, following)
    show_sums(where)
    show_handed(where, flags)
    show_reasons(where)
    show_changes_since(where, flags)
    show_plain_topics(where)
    if any(note.not_taken for note in where.notes):
        from crossover.cli.view.not_taken import show_not_taken  # the studio's words, seldom needed

        show_not_taken(where, plan.notes)
    show_lost_edits(where.problems, plan.notes)
    count_questions(library, flags)
    show_waiting(find_waiting(library, plan, where, facts.files_unsure), facts, flags)
    show_plan_changes(facts.plan_changes)
    show_next(following, flags)
