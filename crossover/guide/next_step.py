"""The one next step. The only place that knows the road.

    export → posts → files (links die) → plan → send → words → what the creator decides → done

Every step but the last changes a fact on which it depends, if need be by what the creator fills in;
so nobody is sent in a circle.
"""

from __future__ import annotations

from pathlib import Path

from crossover.guide.facts import Facts, Hold, Links, PlanState
from crossover.guide.flags import again_flags
from crossover.mapping.missing import NO_WORDS
from crossover.model.next_step import NextStep, Placeholder, Why
from crossover.model.notes import State
from crossover.transfer.report.status import Status

EXPORT = Placeholder("EXPORT")
SHEET = "words.csv"


def next_step(facts: Facts) -> NextStep:
    """The command to go on with. Pure; every combination of facts has exactly one."""
    holds = facts.holds
    lacks_files = Hold.FILES_MISSING in holds
    nothing_to_plan = lacks_files or facts.plan is not PlanState.CURRENT
    match facts:
        case Facts(workspace=False):
            return NextStep("migrate", (facts.export or EXPORT,), Why.NO_WORKSPACE)
        case Facts(posts=False):
            return NextStep("add", (EXPORT,), Why.NO_POSTS)
        case Facts(links=Links.DYING):
            return NextStep("fetch", why=Why.LINKS_DIE)
        case Facts(files=False, links=Links.NONE) if nothing_to_plan:
            return NextStep("add", (Placeholder("EXPORT-OR-FOLDER"),), Why.NO_FILES)
        case Facts(plan=PlanState.ABSENT):
            return NextStep("plan", why=Why.NOT_PLANNED)
        case Facts(plan=PlanState.OLD):
            return NextStep("plan", why=Why.PLAN_OUT_OF_DATE)
        case Facts(sendable=True):
            return NextStep("upload", why=Why.READY)
        case Facts(listed=False) if Hold.NO_WORDS in holds:
            return NextStep("captions", why=Why.NO_WORDS)
        case _ if Hold.WORDS_UNSURE in holds:
            return NextStep("captions", ("--confirm",), Why.WORDS_UNSURE)
        case Facts(unclear=True):
            return NextStep("upload", why=Why.UNCLEAR)
        case Facts(links=Links.LASTING) if lacks_files:
            return NextStep("fetch", why=Why.LINKS_LEFT)
        case Facts(files_unsure=True) if lacks_files:
            pair = ("--pair", Placeholder("NOTE=FILE"))
            return NextStep("add", (Placeholder("FILE"), *pair), Why.FILES_UNSURE)
        case _ if holds == {Hold.FILES_MISSING}:
            return NextStep("add", (Placeholder("FILE-OR-FOLDER"),), Why.FILES_MISSING)
        case _ if holds:
            return NextStep("sheet out", (SHEET,), Why.DECISION)
        case Facts(refused=True):
            return NextStep("preview", why=Why.REFUSED)
        case _:
            return NextStep("preview", why=Why.DONE)


def after_sheet_out(file: Path) -> NextStep:
    """A sheet that was filled in comes back."""
    return NextStep("sheet in", (file,), Why.SHEET_WRITTEN)


def step_for_export(export: Path, *, posts: bool, downloads: bool, files_beside: bool) -> NextStep:
    """What to do with an export that was only looked into. `downloads`: links of it may be alive."""
    if posts and (downloads or files_beside):
        return NextStep("migrate", (export,), Why.LINKS_DIE if downloads else Why.READY)
    with_files = (export, Placeholder("FOLDER")) if posts else (EXPORT,)
    return NextStep("migrate", with_files, Why.NEW_EXPORT)


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
    unclear = [str(number) for number in where.posts_in(State.UNKNOWN)[:1]]
    if not unclear and not listed and _wait_for_words(where):
        return "crossover captions" + again_flags(workspace)
    return " ".join(["crossover preview", *unclear]) + again_flags(workspace)


def _wait_for_words(where: Status) -> bool:
    return any(note.state is State.HOLD and NO_WORDS in (note.reason or "") for note in where.notes)
