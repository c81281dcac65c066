"""Say what comes before a new plan, where a command finds none that is up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crossover.cli.view.plan_changes import changes_text
from crossover.errors import CrossoverError, PlanOutOfDate
from crossover.guide.facts import read_facts
from crossover.guide.next_step import explain_missing_plan
from crossover.workspace import Workspace


@contextmanager
def explaining_missing_plan(workspace: Workspace, rehearsal: Path | None) -> Iterator[None]:
    """Raises a `PlanOutOfDate` of the block with what changed since the plan was made, and the step
    that bare `crossover` would name."""
    try:
        yield
    except PlanOutOfDate as exc:
        error = exc
        with suppress(CrossoverError):  # what cannot be read is told by the command that needs it
            facts = read_facts(workspace, rehearsal)
            error = explain_missing_plan(exc, facts)
            error.message = changes_text(facts.plan_changes) or error.message
        raise error from exc
