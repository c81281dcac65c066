"""The one next step. The only place that knows the road.

    export → posts → files (links die) → plan → words → send → what the creator decides → done

Every step changes a fact on which it depends, if need be by what the creator fills in; so nobody is
sent in a circle. The last ones are ends: what they name may be looked at, and nothing has to be.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crossover.errors import PlanOutOfDate
from crossover.guide.facts import Facts, Links, PlanState, Practice
from crossover.guide.holds import Hold
from crossover.model.next_step import Hint, NextStep, Placeholder, Reason

EXPORT = Placeholder("EXPORT")
FILES = Placeholder("FILE-OR-FOLDER")


_PRACTISED = {
    Practice.IN_BROWSER: Reason.PRACTISED_IN_BROWSER,
    Practice.BROWSER_HERE: Reason.PRACTISED,
    Practice.NO_BROWSER: Reason.PRACTISED_WITHOUT_BROWSER,
}

ENDS = frozenset({Reason.DONE, Reason.LEFT_OUT, Reason.REFUSED, *_PRACTISED.values()})
"""Where no command of ours changes anything now."""


def next_step(facts: Facts) -> NextStep:
    """The command to go on with. Pure; every combination of facts has exactly one."""
    holds = facts.holds
    nothing_to_plan = Hold.FILES_MISSING in holds or facts.plan is not PlanState.CURRENT
    match facts:
        case Facts(workspace=False):
            return NextStep("migrate", (facts.export or EXPORT,), Reason.NO_WORKSPACE)
        case Facts(posts=False):
            return NextStep("migrate", (EXPORT,), Reason.NO_POSTS)
        case Facts(links=Links.DYING):
            return NextStep("fetch", why=Reason.LINKS_DIE)
        case Facts(files=False, links=Links.LASTING):
            return NextStep("fetch", why=Reason.LINKS_LEFT)
        case Facts(files=False) if facts.files_unsure:
            return step_for(Hold.FILES_UNSURE, facts)
        case Facts(files=False, tiktok_gone=True) if nothing_to_plan:
            return NextStep("add", (FILES,), Reason.OWN_FILES)
        case Facts(files=False) if nothing_to_plan:
            return NextStep("add", (Placeholder("EXPORT-OR-FOLDER"),), Reason.NO_FILES)
        case Facts(plan=PlanState.ABSENT):
            return NextStep("plan", why=Reason.NOT_PLANNED)
        case Facts(plan=PlanState.OLD):
            return NextStep("plan", why=Reason.PLAN_OUT_OF_DATE)
        case Facts(held=True):
            return NextStep("accounts release", why=Reason.HELD)
        case Facts(handed=True):
            return NextStep("resolve", why=Reason.HANDED)
        case Facts(wordless=True, page_helps=True):
            return NextStep("captions", why=Reason.WORDS_FIRST)
        case Facts(sendable=True, needs_sign_in=True):
            return NextStep("login", why=Reason.SIGN_IN)
        case Facts(sendable=True):
            return NextStep("upload", why=Reason.READY)
        case _ if Hold.ALREADY_THERE in holds:
            return step_for(Hold.ALREADY_THERE, facts)
        case Facts(page_helps=True) if Hold.NO_WORDS in holds:
            return step_for(Hold.NO_WORDS, facts)
        case _ if Hold.WORDS_UNSURE in holds:
            return step_for(Hold.WORDS_UNSURE, facts)
        case Facts(links=Links.LASTING) if holds:
            return NextStep("fetch", why=Reason.LINKS_LEFT)
        case _ if Hold.FILES_UNSURE in holds:
            return step_for(Hold.FILES_UNSURE, facts)
        case _ if holds == {Hold.FILES_MISSING}:
            return step_for(Hold.FILES_MISSING, facts)
        case _ if holds and holds <= {Hold.NO_WORDS, Hold.WORDS_BY_HAND}:
            return step_for(Hold.WORDS_BY_HAND, facts)
        case _ if Hold.CONVERT in holds:
            return step_for(Hold.CONVERT, facts)
        case _ if holds:
            return step_for(Hold.DECISION, facts)
        case Facts(unclear=True):
            return NextStep("resolve", why=Reason.UNCLEAR)
        case Facts(refused=True):
            return NextStep("status", why=Reason.REFUSED)
        case Facts(left_out=True):
            return NextStep("plan", why=Reason.LEFT_OUT)
        case Facts(practice=Practice() as practice):
            return NextStep("preview", why=_PRACTISED[practice])
        case _:
            return NextStep("preview", why=Reason.DONE)


def step_for(hold: Hold, facts: Facts) -> NextStep:
    """The command that gives notes what they wait for."""
    match hold:
        case Hold.NO_WORDS if facts.page_helps:
            return NextStep("captions", why=Reason.NO_WORDS)
        case Hold.NO_WORDS | Hold.WORDS_BY_HAND:
            return NextStep("preview", why=Reason.WORDS_BY_HAND)
        case Hold.WORDS_UNSURE:
            return NextStep("captions", ("--confirm",), Reason.WORDS_UNSURE)
        case Hold.FILES_UNSURE:
            return NextStep("add", ("--confirm",), Reason.FILES_UNSURE)
        case Hold.FILES_MISSING if facts.links is not Links.NONE:
            return NextStep("fetch", why=Reason.LINKS_LEFT)
        case Hold.FILES_MISSING:
            return NextStep("add", (FILES,), Reason.FILES_MISSING)
        case Hold.CONVERT:
            return NextStep("plan", ("--set", "convert=always"), Reason.CONVERT)
        case Hold.ALREADY_THERE:
            return NextStep("resolve", why=Reason.ALREADY_THERE)
        case Hold.DECISION:
            return NextStep("preview", why=Reason.DECISION)


def after_sheet_out(file: Path) -> NextStep:
    """The step after a sheet was written: bring it in, filled in."""
    return NextStep("sheet in", (file,), Reason.SHEET_WRITTEN)


def after_unchanged_sheet(file: Path) -> NextStep:
    """The step after a sheet came in with nothing changed: fill it in first."""
    return NextStep("sheet in", (file,), Reason.SHEET_UNCHANGED)


def after_skipped_files(facts: Facts) -> NextStep:
    """The step after the creator did not want to say now whose files are whose."""
    holds = (Hold.FILES_MISSING if one is Hold.FILES_UNSURE else one for one in facts.holds)
    return next_step(replace(facts, files_unsure=frozenset(), holds=frozenset(holds)))


def after_no_text(*, on_page: bool) -> NextStep:
    """The step after the creator wanted no notes to go out without text: get it, from the public page
    where that may have it."""
    if on_page:
        return NextStep("captions", why=Reason.WORDS_FIRST)
    return NextStep("preview", why=Reason.DECISION)


def explain_missing_plan(error: PlanOutOfDate, facts: Facts) -> PlanOutOfDate:
    """The error of a plan that is not there or out of date, with what comes before a new plan."""
    step = next_step(facts)
    if step.command == "plan" or facts.plan is PlanState.CURRENT:  # then it is for another account
        return error
    hint = Hint("Before it is planned, run ", step, ".")
    if step.command == "fetch":  # which a plan can do without
        hint = Hint("First ", step, ", then ", NextStep("plan"), ".")
    return PlanOutOfDate(error.message, next=hint)


def step_for_export(export: Path, *, posts: bool, downloads: bool, has_files: bool) -> NextStep:
    """The step after an export was inspected. `downloads`: its links may lead to files;
    `has_files`: files lie beside it. Without either a new export comes first."""
    if posts and (downloads or has_files):
        return NextStep("migrate", (export,), Reason.LINKS_DIE if downloads else Reason.READY)
    with_files = (export, Placeholder("FOLDER")) if posts else (EXPORT,)
    return NextStep("migrate", with_files, Reason.NEW_EXPORT)
