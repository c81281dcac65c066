"""All that must hold before notes go out to a real account, and the notes that may go now.

    hold → risk → what stands there → first note → pace → agreement

What only the creator knows is raised as a question; an answer is kept in the account's ledger, so it
is asked once for the account, whichever workspace or destination is used.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.account_facts import FactName
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import read_all_entries, read_entries, reading_account
from crossover.accounts.ledger.records import AccountRecords
from crossover.destinations.open import STUDIO, Target
from crossover.limits.limits import load_limits
from crossover.model.calendar import CalendarRules
from crossover.model.notes import Note, Plan
from crossover.model.posts import Visibility
from crossover.schedule.sitting import DueTime, PacedSitting
from crossover.schedule.zones import find_zone
from crossover.transfer.conditions.approval import check_approved, note_digest
from crossover.transfer.conditions.comparison import check_compared, keep_back_listed
from crossover.transfer.conditions.first_note import check_first_note, has_first_note
from crossover.transfer.conditions.questions import Answers, RiskNotAccepted
from crossover.transfer.outcome import Outcome, to_send
from crossover.transfer.todays_sitting import begin_sitting, check_not_paused


@dataclass(frozen=True, slots=True)
class AgreedNote:
    """A note that may go out now. `note` is as it goes out, `planned` the visibility of the plan
    where that is another one: the first note on an account is for the creator alone. `digest` is
    what they agreed to."""

    note: Note
    planned: Visibility | None
    due: DueTime
    digest: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class AgreedBatch:
    """The notes that may go out now, in order, within the sitting that takes them. `kept_back` are
    those that may stand on the account already."""

    notes: tuple[AgreedNote, ...]
    sitting: PacedSitting
    kept_back: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch on a real account is asked with: `batch` notes at most (None: as the rules say),
    and also those of later days where the creator posts by hand (`ahead`). `declined` are keys of
    notes that the creator does not want to go out in this run."""

    target: Target
    rules: CalendarRules
    answers: Answers
    operator: str
    now: datetime
    batch: int | None = None
    ahead: bool = False
    declined: frozenset[tuple[str, int]] = frozenset()


def agree_on_batch(plan: Plan, ledger: Ledger, account: AccountFolder, asked: Asked) -> AgreedBatch:
    """Find the notes that may go out now, and keep what was answered. The caller holds the account.

    Raises a question of `questions`, `AccountHeld`, `NothingDue` where no note may go out now, and
    what the ledger raises. Nothing goes out then.
    """
    target, answers, operator = asked.target, asked.answers, asked.operator
    limits = load_limits(target.site)
    account.warnings.check_free()
    check_not_paused(account, asked.rules, limits, asked.now)
    _check_risk(plan, ledger, asked)
    check_compared(ledger, target, answers, operator)
    kept_back = tuple(keep_back_listed(plan, ledger))
    is_first = check_first_note(plan, ledger, answers, operator)
    going = [note for note in to_send(plan, ledger.entries()) if note.key not in asked.declined]
    sitting = begin_sitting(
        account,
        ledger.went_out(),
        asked.rules,
        limits,
        now=asked.now,
        batch=1 if is_first else asked.batch,
        ahead=asked.ahead,
        fixed=[note.schedule for note in going if note.schedule],
    )
    chosen = list(_with_times(going, sitting, asked))
    if is_first:
        chosen = chosen[:1]
    check_approved(plan, [note for note, _ in chosen], ledger, target, answers, operator)
    notes = tuple(_agreed(note, due, plan, is_first=is_first) for note, due in chosen)
    return AgreedBatch(notes, sitting, kept_back)


def check_before_connecting(plan: Plan, account: AccountFolder, asked: Asked) -> None:
    """Check what must be known before anything of the site is opened. Raises `RiskNotAccepted`,
    `NothingDue` while the creator's pause lasts, and what the ledger raises; keeps nothing."""
    check_not_paused(account, asked.rules, load_limits(asked.target.site), asked.now)
    with reading_account(account.ledger, plan.handle) as records:
        missing = _risks_not_accepted(records, asked)
        if missing and not asked.answers.accepts_risk:
            own = read_entries(account.ledger, plan.handle, files_by_post(plan.notes))
            raise _risk_question(plan, own, records, read_all_entries(account.ledger), asked)


def _check_risk(plan: Plan, ledger: Ledger, asked: Asked) -> None:
    missing = _risks_not_accepted(ledger, asked)
    if missing and not asked.answers.accepts_risk:
        own = ledger.entries()
        rows = [*own.values(), *ledger.entries_of_others()]
        raise _risk_question(plan, own, ledger, rows, asked)
    for fact in missing:
        ledger.facts.put(fact, "accepted", asked.operator)


def _risks_not_accepted(records: AccountRecords, asked: Asked) -> list[FactName]:
    """What the creator did not accept yet: what a real account risks by hand, and more in the
    studio."""
    needed = [FactName.RISK]
    if asked.target.to == STUDIO:
        needed.append(FactName.STUDIO_RISK)
    return [fact for fact in needed if not records.facts.get(fact)]


def _risk_question(
    plan: Plan,
    own: Mapping[tuple[str, int], Entry],
    records: AccountRecords,
    rows: Iterable[Entry],
    asked: Asked,
) -> RiskNotAccepted:
    note, is_first = next(iter(to_send(plan, own)), None), not has_first_note(records, rows)
    return RiskNotAccepted(asked.target, asked.rules, note, is_first)


def _with_times(
    going: list[Note], sitting: PacedSitting, asked: Asked
) -> Iterator[tuple[Note, DueTime]]:
    """Give notes their times, in order; one with a time of its own keeps it where that is ahead."""
    due = deque(sitting.due)
    for note in going:
        if note.schedule and note.schedule > asked.now:
            yield (
                note,
                DueTime(note.schedule.astimezone(find_zone(asked.rules.zone)), scheduled=True),
            )
        elif due:
            yield note, due.popleft()
        else:
            return


def _agreed(note: Note, due: DueTime, plan: Plan, *, is_first: bool) -> AgreedNote:
    hidden = is_first and note.visibility is not Visibility.ONLY_ME
    sent = replace(note, visibility=Visibility.ONLY_ME) if hidden else note
    return AgreedNote(
        sent, note.visibility if hidden else None, due, note_digest(note, plan), is_first
    )
