"""What the creator says of notes: where one stands, that it is not there, that it shall go anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crossover.accounts.ledger.row_change import RowChange
from crossover.accounts.ledger.transitions import By
from crossover.model.account import Receipt
from crossover.model.notes import Note, State


@dataclass(frozen=True, slots=True)
class CreatorAnswer:
    """What the creator said of one note, which brings it into `state`.

    `kind` is how its history calls the answer, a `Word` where there is one. `out_at` is when the
    note went out, in their zone, where they know; `not_out`: it never did. `others` are the ids of
    notes on the account that they looked at, and that are not this one.
    """

    note: Note
    state: State
    kind: str
    said: str
    operator: str
    receipt: Receipt | None = None
    out_at: datetime | None = None
    not_out: bool = False
    others: tuple[str, ...] = ()

    @property
    def change(self) -> RowChange:
        """What becomes of the note's row."""
        return RowChange(
            self.note,
            self.state,
            By.CREATOR,
            kind=self.kind,
            said=self.said,
            reason=None if self.state is State.POSTED else self.said,
            receipt=self.receipt,
            out_at=self.out_at,
            out_day=self.out_at.date() if self.out_at else None,
            not_out=self.not_out,
            operator=self.operator,
            others=self.others,
        )
