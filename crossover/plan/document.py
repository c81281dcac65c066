"""plan.json: the plan as it is kept, and whether it is still what would be planned now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.open import DESTINATIONS
from crossover.errors import CrossoverError, PlanOutOfDate
from crossover.model.account import SiteName
from crossover.model.choices import Action, Rules
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, Plan
from crossover.plan.plan_version_2 import old_checksum, old_digest, old_wire_digest
from crossover.storage.atomic import write_atomic
from crossover.storage.documents import (
    decode_document,
    digest_each,
    encode_document,
    fields_of,
    read_bytes,
)

if TYPE_CHECKING:  # a plan is read without what it is made of
    from crossover.library.posts_file import Library
    from crossover.limits.limits import Limits
    from crossover.settings.edits import Edits

_VERSION = 3
_UPGRADES = {1: lambda plan: {**plan, "checksum": None}, 2: lambda plan: plan}
"""What older versions become. In version 1 the notes that move were the only ones summed."""
_UNSUMMED = "0" * 64
"""Stands for the checksum while it is taken."""

_PLAN_AGAIN = Hint("Run ", step("plan"), " and look at it again.")


def wire_digest(notes: Iterable[Note], site: SiteName) -> str:
    """Covers everything of the notes that move: what reaches the wire, in order, and what was
    said of it. Nothing that a batch changes is in a plan."""
    return digest_each(chain([site], (note for note in notes if note.action is Action.MOVE)))


def inputs_digest(library: Library, rules: Rules, edits: Edits, limits: Limits) -> str:
    """Tells whether posts, words, files, rules, edits or limits changed since a plan was made, or
    it turned out that TikTok has nothing any more."""
    others = _inputs_beside_posts(library, rules, edits, limits)
    return digest_each(chain(library.posts, others))


def _inputs_beside_posts(
    library: Library, rules: Rules, edits: Edits, limits: Limits
) -> list[object]:
    gone = ["tiktok-gone"] if library.tiktok_gone else []
    return [library.unreadable, rules, edits.decisions, limits, *gone]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PlanDocument(Plan):
    """What plan.json holds. `checksum` is over all its bytes, with zeros in its own place; of a
    plan of an older `version` it is another one."""

    checksum: str | None
    version: int


def write_plan(plan: Plan, path: Path) -> None:
    """Keep the plan; the former one stays whole until this one is."""
    document = {"checksum": _UNSUMMED, **fields_of(plan)}
    pieces = list(encode_document("plan", _VERSION, document))
    checksum = hashlib.sha256()
    for piece in pieces:
        checksum.update(piece)
    pieces[pieces.index(f'"{_UNSUMMED}"'.encode())] = f'"{checksum.hexdigest()}"'.encode()
    write_atomic(path, *pieces)


def read_plan(path: Path) -> Plan:
    """The plan on disk, checked against its own checksum. Raises `PlanOutOfDate`."""
    if not path.exists():
        raise PlanOutOfDate("There is no plan yet.", next=Hint("Run ", step("plan"), " first."))
    try:
        data = read_bytes(path)
        document = decode_document(path, data, "plan", _VERSION, _PlanDocument, _UPGRADES)
    except CrossoverError as exc:
        if type(exc) is not CrossoverError:
            raise
        # A plan can be made again, so a damaged one is only out of date.
        raise PlanOutOfDate(exc.message, next=_PLAN_AGAIN) from exc
    plan = Plan(**{field.name: getattr(document, field.name) for field in fields(Plan)})
    if not _is_whole(plan, document, data):
        raise PlanOutOfDate(f"{path} was changed by hand, or is damaged.", next=_PLAN_AGAIN)
    if plan.to not in DESTINATIONS:
        raise PlanOutOfDate(
            f"The plan is for {plan.to}, no destination of this version.", next=_PLAN_AGAIN
        )
    return plan


def _is_whole(plan: Plan, document: _PlanDocument, data: bytes) -> bool:
    checksum = document.checksum
    if document.version == _VERSION:
        whole = data.replace((checksum or "").encode(), _UNSUMMED.encode(), 1)
        return hashlib.sha256(whole).hexdigest() == checksum
    if checksum is None:
        return old_wire_digest(plan.notes, plan.site) == plan.digest
    return old_checksum(plan) == checksum


def check_current(plan: Plan, library: Library, rules: Rules, edits: Edits, limits: Limits) -> None:
    """Raise `PlanOutOfDate` when the plan is not what would be planned now."""
    if plan.inputs == inputs_digest(library, rules, edits, limits):
        return
    others = _inputs_beside_posts(library, rules, edits, limits)
    if plan.inputs != old_digest([library.posts, *others]):
        raise PlanOutOfDate(
            "Since the plan was made, your posts, files, rules or edits changed, or crossover did.",
            next=_PLAN_AGAIN,
        )
