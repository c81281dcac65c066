"""Where every post stands: the plan and the ledger read together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import read_entries
from crossover.accounts.ledger.taken_back import GONE
from crossover.accounts.warnings import AccountHold
from crossover.destinations.open import Target
from crossover.model.account import SiteName
from crossover.model.choices import Action
from crossover.model.notes import Note, Plan, Problem, State
from crossover.model.posts import Visibility
from crossover.plan.changed_since import Difference, changed_since
from crossover.plan.document import read_plan
from crossover.plan.sent import group_sent, is_post_cut_anew, lacks_pictures
from crossover.plan.sent_as import as_made_now, files_now_of
from crossover.plan.target import target_of
from crossover.transfer.outcome import GOES_OUT
from crossover.workspace import Workspace

NOT_KNOWN = "not-known"
"""The review of a posted note that no list told of yet."""

# A post of several parts is as far as its least advanced part that is not left out.
_ADVANCE = (
    State.HOLD,
    State.READY,
    State.UPLOADING,
    State.STARTED,
    State.UNKNOWN,
    State.FAILED,
    State.HANDED,
    State.POSTED,
    State.SKIP,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one note stands. `evidence` says how a posted note is known to be there.

    `title` is the one it was sent with, `title_planned` that of the plan; the same where it was not
    sent. `may_be_there`: an attempt may have brought it to the account. `changed_since` names what
    is planned otherwise now (title, text, visibility, files, order, cover), and `differences` has
    both. `plain_topics` are the topics that went out as plain text: None for a note that is not
    there, and where that is not known. `pack` is the one in which a note was handed over.
    `review_reason` is what RedNote, or the creator, said of a note that was refused by review or is
    gone. `kept_back`: it is on hold as it may be on the account already. `visibility_sent` is whom it was
    sent for, `not_taken` names the fields that the site dropped of a posted note, as far as nothing
    says that they were set since."""

    id: str
    number: str
    post: str
    part: tuple[int, int]
    title: str
    state: State
    note_id: str | None
    url: str | None
    evidence: str | None
    reason: str | None
    review: str | None
    visibility_now: Visibility | None
    scheduled_for: datetime | None
    attempt: int
    may_be_there: bool
    title_planned: str
    changed_since: tuple[str, ...]
    differences: tuple[Difference, ...]
    plain_topics: tuple[str, ...] | None = None
    pack: str | None = None
    review_reason: str | None = None
    kept_back: bool = False
    visibility_sent: Visibility | None = None
    not_taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """Posts by state; their sum is `found`. `notes` has every part of every readable post. The
    posts `cut_anew`, by number, are planned without what is known of the parts that went out: they
    count as held. `held`: why nothing is sent to the account for now. `problems` are those of the
    plan that are of no note. `site` is the one that it is for."""

    found: int
    unreadable: int
    skip: int
    hold: int
    ready: int
    uploading: int
    started: int
    posted: int
    handed: int
    failed: int
    unknown: int
    notes: tuple[Standing, ...]
    held: AccountHold | None
    cut_anew: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    site: SiteName = SiteName.REHEARSAL

    @property
    def needs_you(self) -> int:
        """Posts that ended in a way the creator should look at."""
        return self.failed + self.unknown + self.unreadable

    @property
    def leaving(self) -> int:
        """Notes that go out with the next uploads."""
        return sum(note.state in GOES_OUT for note in self.notes)

    @property
    def plain_topics(self) -> dict[str, tuple[str, ...]]:
        """The topics that are plain text on the account, by the number of the note, of those that
        have any."""
        return {
            note.number: note.plain_topics
            for note in self.notes
            if note.state is State.POSTED and note.plain_topics
        }

    def posts_in(self, state: State) -> list[int]:
        """The numbers of the posts with a note in this state."""
        return sorted({_post_number(note.number) for note in self.notes if note.state is state})


def _post_number(number: str) -> int:
    return int(number.partition(".")[0])


def current_status(workspace: Workspace, rehearsal: Path | None) -> Status:
    """The status of a workspace against its practice account, or the one in the folder `rehearsal`.
    Changes nothing on disk."""
    return status_with(read_plan(workspace.plan), workspace, rehearsal)


def status_with(plan: Plan, workspace: Workspace, rehearsal: Path | None) -> Status:
    """As `current_status`, of a plan that was read already."""
    return status_at(plan, target_of(plan, workspace, rehearsal))


def status_at(plan: Plan, target: Target) -> Status:
    """As `current_status`, of a plan that was read already, at its target."""
    account = AccountFolder(target.account)
    entries = read_entries(account.ledger, plan.handle, files_by_post(plan.notes))
    return status_of(plan, entries, account.warnings.read_hold())


class KnownStandings:
    """Where notes stand, found once for as long as a note and its row stay the same."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Note, Entry | None, Standing]] = {}

    def find(self, note: Note, entry: Entry | None) -> Standing:
        """Find where a note stands."""
        known = self._known.get(note.id)
        if known is None or known[0] is not note or known[1] is not entry:
            known = self._known[note.id] = (note, entry, _standing(note, entry))
        return known[2]


def status_of(
    plan: Plan,
    entries: Mapping[tuple[str, int], Entry],
    held: AccountHold | None = None,
    known: KnownStandings | None = None,
) -> Status:
    """Count every post in exactly one state. What is `known` of a former plan is not found anew."""
    files = files_now_of(plan.notes)
    entries = {key: as_made_now(entry, files) for key, entry in entries.items()}
    stand = known.find if known else _standing
    notes = tuple(stand(note, entries.get(note.key)) for note in plan.notes)
    sent = group_sent(entries.values())
    planned = groupby(plan.notes, key=lambda note: note.post)
    cut_anew = {p for p, parts in planned if p in sent and is_post_cut_anew(parts, sent[p])}
    by_post = groupby(notes, key=lambda note: note.post)
    waiting = cut_anew | {note.post for note in plan.notes if lacks_pictures(note)}
    states = Counter(
        State.HOLD if post in waiting else min((n.state for n in parts), key=_ADVANCE.index)
        for post, parts in by_post
    )
    return Status(
        found=plan.found,
        unreadable=plan.unreadable,
        notes=notes,
        held=held,
        problems=plan.problems,
        site=plan.site,
        cut_anew=tuple(sorted({_post_number(n.number) for n in notes if n.post in cut_anew})),
        **{str(state): states[state] for state in _ADVANCE},
    )


def _standing(note: Note, entry: Entry | None) -> Standing:
    state = _state(note, entry)
    posted = entry is not None and state is State.POSTED
    differences = changed_since(note, entry)
    return Standing(
        id=note.id,
        number=note.number,
        post=note.post,
        part=note.part,
        title=entry.title if entry and entry.tells_attempt else note.title,
        state=state,
        note_id=entry.note_id if entry else None,
        url=entry.url if entry else None,
        evidence=entry.evidence if entry else None,
        reason=_reason(note, entry, state) or None,
        review=(entry.review or NOT_KNOWN) if entry and posted else None,
        visibility_now=_visibility_now(entry) if entry and posted else None,
        scheduled_for=entry.out_at if entry and state is State.HANDED else note.schedule,
        attempt=entry.attempt if entry else 0,
        may_be_there=bool(entry and entry.may_be_there),
        title_planned=note.title,
        changed_since=tuple(difference.field for difference in differences),
        differences=differences,
        plain_topics=entry.plain_topics if entry else None,
        pack=entry.pack if entry and state is State.HANDED else None,
        review_reason=entry.review_reason if entry and posted else None,
        kept_back=state is State.HOLD and is_kept_back(entry),
        visibility_sent=entry.visibility if entry and entry.tells_attempt else None,
        not_taken=_not_taken(entry) if entry and posted else (),
    )


def _visibility_now(entry: Entry) -> Visibility | None:
    if entry.review == GONE:
        return None
    return entry.visibility_now or entry.visibility


def _not_taken(entry: Entry) -> tuple[str, ...]:
    if entry.review == GONE:
        return ()
    # A list was read later than the note, when the creator may have set what they can see in it.
    is_seen_right = entry.visibility_now is entry.visibility
    return tuple(name for name in entry.not_taken if not (name == "visibility" and is_seen_right))


def is_kept_back(entry: Entry | None) -> bool:
    """Whether a note was never sent, and one like it may stand on the account already: the creator
    settles that."""
    return entry is not None and entry.state is State.UNKNOWN and not entry.markers


def _state(note: Note, entry: Entry | None) -> State:
    if entry is not None and entry.state not in (State.READY, State.UPLOADING):
        # Leaving it out settles what is not there, and answers whether what was never sent is.
        is_settled = note.action is Action.SKIP and not entry.may_be_there
        if is_settled:
            return State.SKIP
        return State.HOLD if is_kept_back(entry) else entry.state
    match note.action:
        case Action.MOVE:
            return entry.state if entry else State.READY
        case Action.HOLD:
            return State.HOLD
        case Action.SKIP:
            return State.SKIP


def _reason(note: Note, entry: Entry | None, state: State) -> str | None:
    if entry is None or (state is State.HOLD and not is_kept_back(entry)):
        return note.reason
    if state is State.SKIP:
        refused = entry.state is State.FAILED
        return f"{note.reason}; it was refused before: {entry.reason}" if refused else note.reason
    return entry.reason
