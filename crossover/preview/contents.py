"""Reads from a workspace what the page of a plan shows beside the plan itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from crossover.accounts.folder import AccountFolder
from crossover.destinations.open import Target
from crossover.errors import CrossoverError
from crossover.guide.facts import posts_unsure
from crossover.guide.holds import find_waiting
from crossover.guide.plan_calendar import lay_out
from crossover.library.posts_file import Library
from crossover.model.notes import Plan
from crossover.preview.page_data import PageContents
from crossover.schedule.calendar import Calendar
from crossover.settings.rules import read_calendar_rules
from crossover.transfer.report.status import Status
from crossover.transfer.todays_sitting import read_went_out
from crossover.workspace import Workspace


def read_contents(
    plan: Plan,
    where: Status,
    workspace: Workspace,
    target: Target,
    library: Library,
    *,
    placed: Callable[[str], str],
) -> PageContents:
    """Read the posts, what waits for the creator, and when the notes go out. `placed` gives the
    commands of an advice their flags. A page is worth having where one of them cannot be read, so
    that part is left out then. Changes nothing."""
    now = datetime.now(UTC)
    unsure: frozenset[str] = frozenset()
    with suppress(CrossoverError):
        unsure = posts_unsure(workspace, library)
    return PageContents(
        where=where,
        posts={post.id: post for post in library.posts},
        made=now.replace(microsecond=0),
        calendar=read_calendar(plan, where, workspace, target, now),
        waiting=find_waiting(library, plan, where, unsure),
        files_unsure=unsure,
        placed=placed,
        is_there=lambda path: os.access(f"{workspace.root}/{path}", os.F_OK),
    )


def read_calendar(
    plan: Plan, where: Status, workspace: Workspace, target: Target, now: datetime
) -> Calendar:
    """Lay out when the notes go out; empty where that cannot be read."""
    with suppress(CrossoverError):
        rules = read_calendar_rules(workspace.rules)
        went_out = () if target.is_practice else read_went_out(AccountFolder(target.account))
        return lay_out(plan, where, rules, now, went_out)
    return Calendar((), ())
