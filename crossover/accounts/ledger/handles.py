"""Whose post a row is about: two TikTok accounts may post in the same second.

A row of an unknown handle (of an old ledger, or an export without a profile) may be of any: it
counts for all, so that nothing goes out twice. Where the handle of a run is unknown, every row does.
"""

from __future__ import annotations

from collections.abc import Iterable

from crossover.accounts.ledger.entry import Entry
from crossover.model.notes import State

UNKNOWN = ""
"""In place of a handle that is not known."""

_ADVANCE = list(State)


def ledger_handle(handle: str | None) -> str:
    """Write a handle as the ledger keeps it: TikTok tells none apart by their case."""
    return (handle or UNKNOWN).casefold()


def rows_of(handle: str, entries: Iterable[Entry]) -> dict[tuple[str, int], Entry]:
    """Choose the row of each note of a TikTok account, by `Note.key`. Its very own row comes first,
    then the one that came furthest."""
    return {
        (entry.post, entry.part): entry
        for entry in sorted(entries, key=lambda e: (e.handle == handle, _ADVANCE.index(e.state)))
        if not is_of_another(handle, entry)
    }


def is_of_another(handle: str, entry: Entry) -> bool:
    """Whether that row is certainly about a post of another TikTok account."""
    return UNKNOWN not in (handle, entry.handle) and handle != entry.handle
