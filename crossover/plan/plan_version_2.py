"""Checksums as plans of versions 1 and 2 have them: over JSON with sorted keys in plain ASCII."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan
from crossover.storage.documents import to_builtins

_NOT_SUMMED = ("title_candidates", "original")


def old_digest(value: Any) -> str:
    """sha256 (hex) of a value."""
    text = json.dumps(to_builtins(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def old_wire_digest(notes: Iterable[Note], site: SiteName) -> str:
    """The `digest` of a plan, which in version 1 was its only checksum."""
    return old_digest([site, [_as_told(note) for note in notes if note.action is Action.MOVE]])


def old_checksum(plan: Plan) -> str:
    """The `checksum` of version 2, over everything but the other possible titles."""
    told = {n: what for n, what in to_builtins(plan).items() if n not in ("problems", "account")}
    return old_digest({**told, "notes": [_as_told(note) for note in plan.notes]})


def _as_told(note: Note) -> dict[str, Any]:
    """The note without its other possible titles and what came with version 3."""
    told = {name: what for name, what in to_builtins(note).items() if name not in _NOT_SUMMED}
    for file in told["media"]:
        file.pop("sent_as")
    return told
