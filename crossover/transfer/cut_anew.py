"""A post that was cut anew since a part of it went out, by a plan that did not know of that."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.accounts.ledger.ledger import Ledger
from crossover.model.notes import Note
from crossover.plan.sent import group_sent, is_post_cut_anew

CUT_ANEW = "a part of this post went out with other pictures than planned here; plan again"


def is_cut_anew(parts: Sequence[Note], ledger: Ledger) -> bool:
    """Whether the planned `parts` cut their post otherwise than what may be on the account:
    pictures could go out twice, or never. Raises `LedgerError`."""
    post = parts[0].post
    return is_post_cut_anew(parts, group_sent(ledger.entries_of(post).values()).get(post, {}))
