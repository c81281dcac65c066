"""The one next step. The only place that knows the road.

    export → posts → files (links die) → plan → send → words → what the creator decides → done

Every step but the last changes a fact on which it depends, if need be by what the creator fills in;
so nobody is sent in a circle.
"""

from __future__ import annotations

from pathlib import Path

from crossover.errors import PlanOutOfDate
from crossover.guide.facts import Facts, Hold, Links, PlanState
from crossover.model.next_step import Hint, NextStep, Placeholder, Reason

EXPORT = Placeholder("EXPORT")
SHEET = "words.csv"


ENDS = frozenset({Reason.DONE, Reason.REFUSED})
"""Where nothing is left to do."""


def next_step(facts: Facts) -> NextStep:
    """The command to go on with. Pure; every combination of facts has exactly one."""
    holds = facts.holds
    lacks_files = Hold.FILES_MISSING in holds
    nothing_to_plan = lacks_files or facts.plan is not PlanState.CURRENT
    match facts:
        case Facts(workspace=False):
            return NextStep("migrate", (facts.export or EXPORT,), Reason.NO_WORKSPACE)
        case Facts(posts=False):
            return NextStep("add", (EXPORT,), Reason.NO_POSTS)
        case Facts(links=Links.DYING):
            return NextStep("fetch", why=Reason.LINKS_DIE)
        case Facts(files=False, links=Links.LASTING):
            return NextStep("fetch", why=Reason.LINKS_LEFT)
        case Facts(files=False, files_unsure=True):
            return NextStep("add", ("--confirm",), Reason.FILES_UNSURE)
        case Facts(files=False) if nothing_to_plan:
            return NextStep("add", (Placeholder("EXPORT-OR-FOLDER"),), Reason.NO_FILES)
        case Facts(plan=PlanState.ABSENT):
            return NextStep("plan", why=Reason.NOT_PLANNED)
        case Facts(plan=PlanState.OLD):
            return NextStep("plan", why=Reason.PLAN_OUT_OF_DATE)
        case Facts(held=True):
            return NextStep("accounts release", why=Reason.HELD)
        case Facts(sendable=True):
            return NextStep("upload", why=Reason.READY)
        case Facts(listed=False) if Hold.NO_WORDS in holds:
            return NextStep("captions", why=Reason.NO_WORDS)
        case _ if Hold.WORDS_UNSURE in holds:
            return NextStep("captions", ("--confirm",), Reason.WORDS_UNSURE)
        case Facts(unclear=True):
            return NextStep("upload", why=Reason.UNCLEAR)
        case Facts(links=Links.LASTING) if holds:
            return NextStep("fetch", why=Reason.LINKS_LEFT)
        case Facts(files_unsure=True) if lacks_files:
            return NextStep("add", ("--confirm",), Reason.FILES_UNSURE)
        case _ if holds == {Hold.FILES_MISSING}:
            return NextStep("add", (Placeholder("FILE-OR-FOLDER"),), Reason.FILES_MISSING)
        case _ if holds:
            return NextStep("sheet out", (SHEET,), Reason.DECISION)
        case Facts(refused=True):
            return NextStep("preview", why=Reason.REFUSED)
        case _:
            return NextStep("preview", why=Reason.DONE)


def after_sheet_out(file: Path) -> NextStep:
    """The step after a sheet was written: bring it in, filled in."""
    return NextStep("sheet in", (file,), Reason.SHEET_WRITTEN)


def after_unchanged_sheet(file: Path) -> NextStep:
    """The step after a sheet came in with nothing changed: fill it in first."""
    return NextStep("sheet in", (file,), Reason.SHEET_UNCHANGED)


def after_no_text(*, on_page: bool) -> NextStep:
    """The step after the creator wanted no notes to go out without text: get it, from the public page
    where that may have it."""
    if on_page:
        return NextStep("captions", why=Reason.NO_WORDS)
    return NextStep("sheet out", (SHEET,), Reason.DECISION)


def explain_missing_plan(error: PlanOutOfDate, facts: Facts) -> PlanOutOfDate:
    """The error of a plan that is not there or out of date, with what comes before a new plan."""
    step = next_step(facts)
    if step.command == "plan":
        return error
    return PlanOutOfDate(error.message, next=Hint("Before it is planned, run ", step, "."))


def step_for_export(export: Path, *, posts: bool, downloads: bool, has_files: bool) -> NextStep:
    """The step after an export was inspected. `downloads`: its links may lead to files;
    `has_files`: files lie beside it. Without either a new export comes first."""
    if posts and (downloads or has_files):
        return NextStep("migrate", (export,), Reason.LINKS_DIE if downloads else Reason.READY)
    with_files = (export, Placeholder("FOLDER")) if posts else (EXPORT,)
    return NextStep("migrate", with_files, Reason.NEW_EXPORT)
