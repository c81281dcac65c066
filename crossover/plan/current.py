"""The plan on disk, where it is what would be planned now for its target."""

from __future__ import annotations

from crossover.destinations.open import Target
from crossover.library.posts_file import Library, read_library
from crossover.limits.limits import load_limits
from crossover.model.notes import Plan
from crossover.plan.document import check_current, read_plan
from crossover.plan.target import check_planned_for
from crossover.settings.edits import read_edits
from crossover.settings.rules import read_rules
from crossover.workspace import Workspace


def current_plan(workspace: Workspace, target: Target) -> tuple[Plan, Library]:
    """Read the plan and the posts it is made of. Raises `PlanOutOfDate` where it is for another
    target, or something that it is made of changed since."""
    plan = read_plan(workspace.plan)
    check_planned_for(plan, target)
    library = read_library(workspace.posts)
    rules, edits = read_rules(workspace.rules), read_edits(workspace.edits)
    check_current(plan, library, rules, edits, load_limits(plan.site))
    return plan, library
