"""What the creator agreed to send to a real account: each note as it was shown, once."""

from __future__ import annotations

from collections.abc import Sequence

from crossover.accounts.ledger.ledger import Ledger
from crossover.destinations.open import Target
from crossover.errors import PlanOutOfDate
from crossover.model.next_step import Hint, step
from crossover.model.notes import Note, Plan
from crossover.plan.document import wire_digest
from crossover.transfer.conditions.questions import DIGEST_LETTERS, Answers, NotApproved
from crossover.transfer.outcome import to_send


def note_digest(note: Note, plan: Plan) -> str:
    """The digest of one planned note, by which the creator agrees to it."""
    return wire_digest([note], plan.site)


def check_approved(
    plan: Plan,
    notes: Sequence[Note],
    ledger: Ledger,
    target: Target,
    answers: Answers,
    operator: str,
) -> None:
    """Check that the creator agreed to these notes as they are planned now. An answer is for all
    notes of the plan that still go out, and kept.

    Raises `NotApproved` with all of the plan that they did not agree to, and `PlanOutOfDate` where
    they agreed to another plan.
    """
    if answers.approve and not _is_this_plan(answers.approve, plan):
        raise PlanOutOfDate(
            f"You agreed to the plan {answers.approve[:DIGEST_LETTERS]}, and this is another one:"
            f" {plan.digest[:DIGEST_LETTERS]}.",
            next=Hint("Look at it: ", step("preview"), ". Then agree to this one."),
        )
    agreed = ledger.approvals.open()
    missing = [
        note
        for note in to_send(plan, ledger.entries())
        if note_digest(note, plan) not in agreed.get(note.key, ())
    ]
    if answers.approve and missing:
        digests = {note.key: note_digest(note, plan) for note in missing}
        ledger.approvals.approve(plan.digest, digests, operator)
        return
    if {note.key for note in missing} & {note.key for note in notes}:
        changed = [note for note in missing if note.key in agreed]
        raise NotApproved(target, plan.digest, missing, changed)


def _is_this_plan(typed: str, plan: Plan) -> bool:
    return len(typed) >= DIGEST_LETTERS and plan.digest.startswith(typed.casefold())
