"""plan.json: the plan as it is kept, and whether it is still what would be planned now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossover.destinations.open import DESTINATIONS, Target, open_target
from crossover.errors import CrossoverError, PlanOutOfDate
from crossover.model.account import SiteName
from crossover.model.choices import Action, Rules
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, Plan
from crossover.storage.documents import digest, read_document, to_builtins, write_document
from crossover.workspace import Workspace

if TYPE_CHECKING:  # a plan is read without what it is made of
    from crossover.library.posts_file import Library
    from crossover.limits.limits import Limits
    from crossover.settings.edits import Edits

_VERSION = 2
_UPGRADES = {1: lambda plan: {**plan, "checksum": None}}
"""What older versions become. In version 1 the notes that move were the only ones summed."""

_PLAN_AGAIN = Hint("Run ", step("plan"), " and look at it again.")


def wire_digest(notes: Iterable[Note], site: SiteName) -> str:
    """Covers everything of the notes that move: what reaches the wire, in order, and what was
    said of it. Nothing that a batch changes is in a plan."""
    return digest([site, [_as_told(note) for note in notes if note.action is Action.MOVE]])


def _as_told(note: Note) -> dict[str, Any]:
    """The note without its other possible titles, which a plan of an earlier version lacks."""
    return {name: what for name, what in to_builtins(note).items() if name != "title_candidates"}


def _sum(plan: Plan) -> str:
    """The checksum over everything but the other possible titles."""
    return digest({**to_builtins(plan), "notes": [_as_told(note) for note in plan.notes]})


def inputs_digest(library: Library, rules: Rules, edits: Edits, limits: Limits) -> str:
    """Tells whether posts, words, files, rules, edits or limits changed since a plan was made, or
    it turned out that TikTok has nothing any more."""
    gone = ["tiktok-gone"] if library.tiktok_gone else []
    return digest([library.posts, library.unreadable, rules, edits.by_note, limits, *gone])


@dataclass(frozen=True, slots=True)
class _PlanDocument(Plan):
    """What plan.json holds. `checksum` is over everything else but the other possible titles."""

    checksum: str | None


def write_plan(plan: Plan, path: Path) -> None:
    """Keep the plan; the former one stays whole until this one is."""
    write_document(path, "plan", _VERSION, {**to_builtins(plan), "checksum": _sum(plan)})


def read_plan(path: Path) -> Plan:
    """The plan on disk, checked against its own checksum. Raises `PlanOutOfDate`."""
    if not path.exists():
        raise PlanOutOfDate("There is no plan yet.", next=Hint("Run ", step("plan"), " first."))
    try:
        document = read_document(path, "plan", _VERSION, _PlanDocument, _UPGRADES)
    except CrossoverError as exc:
        if type(exc) is not CrossoverError:
            raise
        # A plan can be made again, so a damaged one is only out of date.
        raise PlanOutOfDate(exc.message, next=_PLAN_AGAIN) from exc
    plan = Plan(**{field.name: getattr(document, field.name) for field in fields(Plan)})
    if not _is_whole(plan, document.checksum):
        raise PlanOutOfDate(f"{path} was changed by hand, or is damaged.", next=_PLAN_AGAIN)
    if plan.to not in DESTINATIONS:
        raise PlanOutOfDate(
            f"The plan is for {plan.to}, no destination of this version.", next=_PLAN_AGAIN
        )
    return plan


def _is_whole(plan: Plan, checksum: str | None) -> bool:
    if checksum is None:
        return wire_digest(plan.notes, plan.site) == plan.digest
    return _sum(plan) == checksum


def planned_target(workspace: Workspace) -> Target:
    """The target of the plan on disk; of the default destination where there is no sound plan."""
    try:
        to = read_plan(workspace.plan).to
    except PlanOutOfDate:
        to = DESTINATIONS[0]
    return open_target(to, workspace.practice)


def check_current(plan: Plan, library: Library, rules: Rules, edits: Edits, limits: Limits) -> None:
    """Raise `PlanOutOfDate` when the plan is not what would be planned now."""
    if inputs_digest(library, rules, edits, limits) != plan.inputs:
        raise PlanOutOfDate(
            "Since the plan was made, your posts, files, rules or edits changed, or crossover did.",
            next=_PLAN_AGAIN,
        )
