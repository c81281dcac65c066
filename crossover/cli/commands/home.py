"""Bare `crossover`: where am I, and the one next command."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from crossover.cli.view.accounts import show_held
from crossover.cli.view.downloads import show_all_saved
from crossover.cli.view.next_step import Flags, command_line, show_next
from crossover.cli.view.plan_changes import show_plan_changes
from crossover.cli.view.questions import count_questions
from crossover.cli.view.screen import count, home_short, say, say_points
from crossover.cli.view.status import show_handed, show_head, show_needs, show_sums
from crossover.errors import CrossoverError, PlanOutOfDate
from crossover.guide.facts import Facts, facts_of, find_exports, read_facts
from crossover.guide.next_step import ENDS, next_step
from crossover.library.downloads import fetchable_posts
from crossover.library.posts_file import read_library
from crossover.library.saved_files import links_matter
from crossover.model.next_step import step
from crossover.plan.document import read_plan
from crossover.transfer.report.status import status_with
from crossover.workspace import Workspace, find_workspace, find_workspaces

HOW_TO_GET_ONE = (
    "In the TikTok app: Settings and privacy > Account > Download your data.",
    "Tick Posts and Profile, choose JSON, and request it. It takes minutes to days.",
    "Download it as soon as it is ready: its links to your pictures live 4 days, to videos 10.",
)


def show_home(chosen: Path | None, home: Path) -> None:
    """Tell the state of the workspace, or how to begin."""
    workspaces = find_workspaces(home) if chosen is None else []
    if chosen is None and not workspaces:
        _begin(home)
    elif len(workspaces) > 1:
        say("You have several moves:")
        say_points(home_short(workspace.root) for workspace in workspaces)
        _continue_one(workspaces)
    else:
        _tell(find_workspace(chosen, home), Flags(chosen))


def _tell(workspace: Workspace, flags: Flags) -> None:
    library = read_library(workspace.posts)
    show_head(library, workspace)
    if waiting := fetchable_posts(workspace):
        fetch = command_line(step("fetch"), flags)
        say(f"{count(waiting, 'post')} without files that can still be fetched ({fetch})")
    elif links_matter(library, datetime.now(UTC)):
        show_all_saved(library, workspace.root)
    count_questions(library, flags)
    try:
        plan = read_plan(workspace.plan)
    except PlanOutOfDate:
        show_next(next_step(facts_of(workspace, library, None, None)), flags)
        return
    status = status_with(plan, workspace, flags.rehearsal)
    facts = facts_of(workspace, library, plan, status, rehearsal=flags.rehearsal)
    following = next_step(facts)
    show_held(status.held, flags, following)
    show_sums(status)
    show_handed(status, flags)
    show_needs(status, flags)
    show_plan_changes(facts.plan_changes)
    show_next(following, flags)


def _continue_one(workspaces: list[Workspace]) -> None:
    """Show the next step of the first move that is not at its end."""
    for workspace in workspaces:
        # What is wrong with a workspace is told when that one is used.
        with suppress(CrossoverError):
            following = next_step(read_facts(workspace, None))
            if following.why not in ENDS:
                show_next(following, Flags(workspace.root))
                return
    say("Nothing is left to do in any of them.")


def _begin(home: Path) -> None:
    found = find_exports(home / "Downloads")
    if found:
        say("A TikTok export lies in your Downloads:")
        say_points(path.name for path in found[:3])
    else:
        say(
            "crossover moves your TikTok posts to RedNote. It begins with the export TikTok gives you:"
        )
        say_points(HOW_TO_GET_ONE)
    show_next(next_step(Facts(workspace=False, export=next(iter(found), None))), Flags())
