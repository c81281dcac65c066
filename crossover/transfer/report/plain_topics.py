"""Which topics of the notes on an account went out as plain text."""

from __future__ import annotations

from collections.abc import Mapping

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import read_entries
from crossover.destinations.open import Target
from crossover.model.notes import Plan


def read_plain_topics(plan: Plan, target: Target) -> Mapping[str, tuple[str, ...]]:
    """Read them, by the id of the note; nothing for a note that has none, is not there, or where it
    is not known. Raises like `read_entries`."""
    ledger = AccountFolder(target.account).ledger
    entries = read_entries(ledger, plan.handle, files_by_post(plan.notes))
    return {
        note.id: entry.plain_topics
        for note in plan.notes
        if (entry := entries.get(note.key)) and entry.plain_topics
    }
