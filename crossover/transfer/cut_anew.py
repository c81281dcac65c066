"""A post that was cut anew since a part of it went out, by a plan that did not know of that."""

from __future__ import annotations

from collections.abc import Iterable

from crossover.accounts.ledger.ledger import Ledger
from crossover.model.notes import Note
from crossover.plan.sent import group_sent, is_post_cut_anew

CUT_ANEW = "the post was cut anew since a part of it went out; plan again"


def is_cut_anew(note: Note, notes: Iterable[Note], ledger: Ledger) -> bool:
    """Whether the planned `notes` cut the post of `note` otherwise than what may be on the account:
    pictures could go out twice, or never. Raises `LedgerError`."""
    rows = group_sent(ledger.entries_of(note.post).values()).get(note.post, {})
    return is_post_cut_anew((n for n in notes if n.post == note.post), rows)
