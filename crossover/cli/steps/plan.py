"""Set rules of a workspace, and make its plan and preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crossover.cli.steps.page import write_page
from crossover.cli.view.conversions import ask_of_conversions, conversions_text
from crossover.cli.view.progress import fitting, progress
from crossover.cli.view.rules import show_rules_set
from crossover.cli.view.screen import is_terminal, say
from crossover.cli.view.sounds import ask_of_sounds
from crossover.destinations.open import Target
from crossover.library.posts_file import Library, read_library
from crossover.mapping.sounds import OTHERS_SOUND
from crossover.model.choices import Action, Convert
from crossover.model.notes import Level, Plan
from crossover.plan.conversions import Conversions
from crossover.plan.order import check_first
from crossover.plan.planner import make_plan
from crossover.settings.rule_search import get_rule
from crossover.settings.set_rule import Assignment, write_rules
from crossover.transfer.report.status import Status, status_at
from crossover.workspace import Workspace


def set_rules(workspace: Workspace, assignments: Sequence[Assignment]) -> None:
    """Write rules into crossover.yaml, and say so. The caller holds the workspace. Raises what
    `write_rules` and `check_first` raise; nothing is written then."""
    for one in assignments:
        if one.rule.field == "first":
            check_first(one.value, {post.number for post in read_library(workspace.posts).posts})
    if assignments:
        show_rules_set(write_rules(workspace.rules, assignments), workspace.rules.name)


def plan_asking(
    workspace: Workspace, target: Target, *, ask: bool, yes: bool = False
) -> tuple[Plan, Status, Library]:
    """Make the plan and its page, and return it with where its notes stand and the posts it is made
    of. `ask`: on a terminal the creator is asked, once, whether videos are converted that not every
    phone shows (`yes` says so without), and what becomes of those with somebody else's sound; the
    plan is made anew with each answer. The caller holds the workspace. Raises what `make_plan` and
    `status_at` raise."""
    waiting: list[Conversions] = []
    made, where, library = _make_with_page(workspace, target, waiting.append)
    if waiting[0].count and (yes or (ask and is_terminal())):
        convert = Convert.ALWAYS if yes else ask_of_conversions(waiting[0])
        if yes:
            say(conversions_text(waiting[0]))
        set_rules(workspace, [Assignment(get_rule("convert"), convert)])
        made, where, library = _make_with_page(workspace, target)
    if ask and is_terminal() and (numbers := _undecided_sounds(made)):
        answer = ask_of_sounds(numbers)
        set_rules(workspace, [Assignment(get_rule("others_sound"), answer)])
        return _make_with_page(workspace, target)
    return made, where, library


def _undecided_sounds(made: Plan) -> list[str]:
    """Find the notes that move with somebody else's sound while the rule is to ask."""
    return [
        note.number
        for note in made.notes
        if note.action is Action.MOVE
        and any(p.code == OTHERS_SOUND and p.level is Level.WARNING for p in note.problems)
    ]


def _make_with_page(
    workspace: Workspace,
    target: Target,
    undecided: Callable[[Conversions], None] = lambda _: None,
) -> tuple[Plan, Status, Library]:
    known: list[Status] = []

    def show(made: Plan, library: Library) -> None:
        known.append(status_at(made, target))
        write_page(made, known[0], workspace, target, library)

    with progress("checking files") as shown:
        made, library = make_plan(
            workspace,
            target,
            show,
            fitted=fitting(shown),
            mapped=shown.stage("making the plan"),
            undecided=undecided,
        )
    return made, known[0], library
