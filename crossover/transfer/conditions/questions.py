"""What only the creator can answer before a batch on a real account.

Each is an error that carries what is asked about. A command asks on a terminal, and else ends with
it: then it names the flag that answers it. `--yes` answers none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crossover.accounts.ledger.entry import Entry
from crossover.destinations.open import STUDIO, Target
from crossover.errors import UsageProblem
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Note

ACCEPT_RISK, ACCOUNT_EMPTY = "--accept-risk", "--account-empty"
FIRST_NOTE_OK, APPROVE = "--first-note-ok", "--approve"

DIGEST_LETTERS = 12
"""Of a plan's digest, as many as are shown and typed."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the creator answered before anybody asked, by flags, or when they were asked.
    `approve` is the beginning of the digest of the plan that they agree to."""

    accepts_risk: bool = False
    account_is_empty: bool = False
    first_note_is_ok: bool = False
    approve: str = ""


class RiskNotAccepted(UsageProblem):
    """The creator was not told yet what a real account risks. `rules` say how fast notes go out,
    `note` is the next one, `is_first` whether it is the first on the account."""

    id = "risk-not-accepted"

    def __init__(
        self, target: Target, rules: CalendarRules, note: Note | None, is_first: bool
    ) -> None:
        how = f"Nothing went out to {target.name} on {target.site} yet."
        if target.to == STUDIO:
            how = (
                f"crossover has not filled in RedNote's page for {target.name} on {target.site} yet."
                " RedNote does not like automation; some accounts were warned or muted."
            )
        super().__init__(
            f"{how} Posting a lot in a short time may cost an account its reach, or the account"
            " itself; nobody outside RedNote knows the limits.",
            next=Hint("If you accept that: ", step("upload", ACCEPT_RISK), "."),
        )
        self.target, self.rules, self.note, self.is_first = target, rules, note, is_first


class AccountNotCompared(UsageProblem):
    """It is not known what stands on the account already."""

    id = "account-not-compared"

    def __init__(self, target: Target) -> None:
        super().__init__(
            f"It is not known what stands on {target.name} already; a post that you brought there"
            " yourself would go out once more.",
            next=Hint(
                "Is the account empty? ",
                step("upload", ACCOUNT_EMPTY),
                ". Else list its notes: ",
                step("resolve", "--have", Placeholder("LINKS.csv")),
                ".",
            ),
        )
        self.target = target


class FirstNoteWaits(UsageProblem):
    """The first note on an account went out, and it is not settled yet: the others wait."""

    id = "first-note-waits"

    def __init__(self, entry: Entry, note: Note | None) -> None:
        number = note.number if note else entry.post
        super().__init__(
            f"Note {number} is the first on this account, and the others wait until it is known to be"
            " there.",
            next=Hint(
                "Give its link: ",
                step("resolve", "--link", f"{number}=LINK") if note else step("resolve"),
                ".",
            ),
        )
        self.entry, self.note = entry, note


class FirstNoteUnchecked(UsageProblem):
    """The first note on an account is there, and the creator did not look at it yet."""

    id = "first-note-unchecked"

    def __init__(self, entry: Entry, note: Note | None) -> None:
        number = note.number if note else entry.post
        super().__init__(
            f"Note {number} is the first on this account. Look at it on your phone: is it right, and"
            " did it pass RedNote's review? Make it public there if it shall be; it is never posted"
            " again.",
            next=Hint("If it is as you want it: ", step("upload", FIRST_NOTE_OK), "."),
        )
        self.entry, self.note = entry, note


class NotApproved(UsageProblem):
    """Notes would go out that the creator did not agree to as they are now. `changed` are those of
    `notes` that they agreed to otherwise, `total` how many notes of the plan go out to a real
    account at all."""

    id = "not-approved"

    def __init__(
        self, target: Target, digest: str, notes: Sequence[Note], changed: Sequence[Note]
    ) -> None:
        short = digest[:DIGEST_LETTERS]
        what = "1 note" if len(notes) == 1 else f"{len(notes):,} notes"
        super().__init__(
            f"You did not agree yet to {what} going to {target.name} on {target.site}.",
            next=Hint(
                "Look at ", step("preview"), ", then agree: ", step("upload", APPROVE, short), "."
            ),
        )
        self.target, self.digest = target, digest
        self.notes, self.changed = tuple(notes), tuple(changed)
