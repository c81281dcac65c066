"""What changed since a plan was made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule whose value is another one now, as both are written in crossover.yaml."""

    key: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class PlanChanges:
    """What changed since a plan was made, as far as it is known: numbers of posts that are new, are
    not there any more, have other words (or the export says other things of them) or other files;
    numbers of notes that were edited, and of those whose files on the disk are others."""

    rules: tuple[ChangedRule, ...] = ()
    new: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    words: tuple[int, ...] = ()
    files: tuple[int, ...] = ()
    edits: tuple[str, ...] = ()
    on_disk: tuple[str, ...] = ()
    own_topics: bool = False
    unreadable: bool = False
    limits: bool = False
    tiktok_gone: bool = False
