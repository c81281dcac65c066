"""Settles notes by what stands on the account, and by the creator's word where that does not tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.answers import CreatorAnswer
from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.history import Word
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.accounts.ledger.open import known_account, open_ledger
from crossover.accounts.registry import account_for
from crossover.accounts.warnings import holding_at_risk
from crossover.destinations.base import Destination
from crossover.destinations.kit.withdrawal import withdraw_notes
from crossover.destinations.note_links import link_to
from crossover.destinations.open import Target
from crossover.errors import RetryLater
from crossover.library.posts_file import Library, read_library
from crossover.model.account import Account, Receipt
from crossover.model.calendar import CalendarRules
from crossover.model.notes import Note, Plan, State
from crossover.model.results import Absent
from crossover.plan.document import read_plan
from crossover.plan.target import check_planned_for
from crossover.schedule.zones import find_zone
from crossover.settings.rules import fill_from, read_rule_values
from crossover.transfer.connect import Connect, ConnectOptions
from crossover.transfer.look_up import look_up
from crossover.transfer.outcome import Outcome, Step
from crossover.transfer.resolve.answers import (
    AnswersRefused,
    LinkAnswer,
    NoteNames,
    check_links,
    check_not_there,
    name_notes,
)
from crossover.transfer.resolve.given_links import GivenLink
from crossover.transfer.resolve.open_notes import (
    OpenKind,
    OpenNote,
    find_candidates,
    find_open,
    open_kind,
)
from crossover.transfer.resolve.packed_before import PackedBefore
from crossover.transfer.session_account import account_of_session
from crossover.workspace import Workspace

_NO_NOTE = "no note at all"
"""No id: a list that is read down to it is read to its end."""

YOUR_LINK = "your word: you gave its link"
NOT_THERE = "you said that it is not on the account"
ANOTHER = "you said that what is on the account is another post"


@dataclass
class Resolver:
    """The open notes of one plan on one account, whose locks are held. `destination` looks at the
    account, None where that cannot be done, or must not; `operator` is whose word it is, `kit` where
    packs lie; `packed_before` is of the answers that were written last."""

    plan: Plan
    library: Library
    target: Target
    account: AccountFolder
    ledger: Ledger
    destination: Destination | None
    operator: str
    zone: tzinfo
    kit: Path
    packed_before: tuple[PackedBefore, ...] = field(default=(), init=False)
    _listed: tuple[ListedNote, ...] | None = field(default=None, init=False)

    @property
    def names(self) -> NoteNames:
        """What the notes can be called."""
        return name_notes(self.plan, self.library.posts)

    def open_notes(self, notes: Sequence[Note] = ()) -> list[OpenNote]:
        """Read the notes that are open, those of `notes` where any are named."""
        entries = self.ledger.entries()
        return find_open(self.plan, entries.values(), {note.key for note in notes})

    def look_up(self, notes: Sequence[Note] = ()) -> Iterator[Outcome]:
        """Look for open notes on the account, and settle those of which that tells enough. Raises
        what looking raises."""
        if self.destination is None:
            return
        for one in self.open_notes(notes):
            if one.kind is OpenKind.UNCLEAR and one.entry.marker:
                memory = self.account.memory(one.note)
                outcome = look_up(one.note, self.destination, self.ledger, memory)
                yield replace(outcome, step=Step.LOOKED_UP)
            elif one.kind is OpenKind.KEPT_BACK:
                yield from self._look_for_kept(one.note)

    def _look_for_kept(self, note: Note) -> Iterator[Outcome]:
        if self.destination is None:
            return
        taken, others = self.ledger.note_ids(), self.ledger.history.others()
        (found,) = self.destination.find_all([note], taken=taken, others=others)
        if isinstance(found, Absent):
            reason = "looked up: a note like this is not on the account any more"
            self.ledger.ready(note, reason)
            yield Outcome(Step.LOOKED_UP, note, State.READY, reason)

    def candidates(self, one: OpenNote) -> tuple[ListedNote, ...]:
        """Find the notes on the account that may be this one, as far as its list or the creator
        told. Raises `AccountAtRisk`, `LoginNeeded`."""
        return find_candidates(one, self._on_account(), self._taken(), self.ledger.history.others())

    def _on_account(self) -> tuple[ListedNote, ...]:
        if self._listed is None:
            listed = tuple(self.ledger.listed.all())
            with suppress(RetryLater):  # then the creator looks
                listed += self.read_list()
            newest = {note.note_id: note for note in listed}
            self._listed = tuple(newest.values())
        return self._listed

    def read_list(self) -> tuple[ListedNote, ...]:
        """Read the account's own list of its notes, where it can be looked at. Raises `RetryLater`,
        `LoginNeeded`, `AccountAtRisk`."""
        return _list_all(self.destination) if self.destination is not None else ()

    def _taken(self) -> dict[str, str]:
        """Whose the notes on the account are that are known, by id, as within a sentence."""
        rows = [*self.ledger.entries().values(), *self.ledger.entries_of_others()]
        return {
            row.note_id: f"the post of {row.post}" + (f" of @{row.handle}" if row.handle else "")
            for row in rows
            if row.note_id
        }

    def take(
        self,
        links: Sequence[GivenLink] = (),
        not_there: Sequence[Note] = (),
        another: Sequence[Note] = (),
        unread: Sequence[str] = (),
    ) -> list[CreatorAnswer]:
        """Write what was said of notes: all of it, or nothing. Returns what was not known before.
        `another`: what is there like these notes is another post; `unread`: errors of reading what
        was said.

        Raises `AnswersRefused` for links that cannot be right, and `UsageProblem` where "it is not
        there" is no answer."""
        linked = check_links(
            links, self.names, self.ledger.entries(), self._taken(), self.target.site, unread
        )
        denied = {note.key for note in (*not_there, *another)}
        if twice := [one.note.number for one in linked if one.note.key in denied]:
            raise AnswersRefused([f"Note {twice[0]} has a link, and is said not to be there."])
        answers = [
            *map(self._posted, linked),
            *(self._not_there(note, another=False) for note in not_there),
            *(self._not_there(note, another=True) for note in another),
        ]
        self.write(answers)
        return answers

    def _posted(self, said: LinkAnswer) -> CreatorAnswer:
        link = said.link
        listed = any(one.note_id == link.note_id for one in self._listed or ())
        evidence = f"{YOUR_LINK}, and the account's list has it" if listed else YOUR_LINK
        receipt = Receipt(link.note_id, link.url, evidence)
        went_out = said.time.astimezone(self.zone) if said.time else None
        return CreatorAnswer(
            said.note, State.POSTED, Word.LINK, evidence, self.operator, receipt, went_out
        )

    def _not_there(self, note: Note, *, another: bool) -> CreatorAnswer:
        entry = self.ledger.entry(note.key)
        check_not_there(note, entry)
        others: tuple[str, ...] = ()
        kind = open_kind(entry)
        if entry and kind and kind is not OpenKind.HANDED:
            seen = self.candidates(OpenNote(entry.as_sent(note), entry, kind))
            others = tuple(one.note_id for one in seen)
        word, said = (Word.ANOTHER_POST, ANOTHER) if another else (Word.NOT_THERE, NOT_THERE)
        state = State.READY
        if refusal := self.ledger.refusal_in_doubt(entry) if entry else None:
            # What made that doubtful is not there, so it holds.
            state, said = State.FAILED, f"{refusal}; and {said}"
        return CreatorAnswer(note, state, word, said, self.operator, not_out=True, others=others)

    def write(self, answers: Sequence[CreatorAnswer]) -> None:
        """Write answers that were checked: all of them, or none. A note that goes out anew is taken out
        of the pack that it was handed over in, before its row says so. Raises also what changing a pack
        raises."""
        for one in answers:
            if one.state is State.POSTED:  # its uploads are used; before its row, as everywhere
                self.account.memory(one.note).forget()
        self.packed_before = tuple(
            self._withdraw(one.note for one in answers if one.state is State.READY)
        )
        if answers:
            self.ledger.answer_all(answers)

    def _withdraw(self, notes: Iterable[Note]) -> Iterator[PackedBefore]:
        owner = (self.target.site, self.target.name)
        for note in notes:
            entry = self.ledger.entry(note.key)
            pack = entry.pack if entry else None
            if pack:
                yield PackedBefore(note, pack, withdraw_notes(self.kit, pack, owner, {note.id}))


@contextmanager
def resolving(
    workspace: Workspace,
    target: Target,
    *,
    command: str,
    operator: str,
    waiting: Callable[[str], None] = lambda _: None,
    connect: Connect | None = None,
) -> Iterator[Resolver]:
    """Open the notes of the plan on disk for answers. The caller holds the workspace; the account
    is held here. `connect` is how it is looked at, None where it cannot be; one that is held for a
    warning sign is not looked at. Raises what opening the plan and the ledger raises, and what
    `connect` does."""
    plan = read_plan(workspace.plan)
    check_planned_for(plan, target)
    library = read_library(workspace.posts)
    zone = find_zone(fill_from(read_rule_values(workspace.rules), CalendarRules).zone)
    account = AccountFolder(target.account)
    with ExitStack() as stack:
        stack.enter_context(account.hold(command))
        destination: Destination | None = None
        if connect is not None and account.warnings.read_hold() is None:
            options = ConnectOptions(
                workspace.root, name=library.name or plan.handle, waiting=waiting
            )
            destination = stack.enter_context(connect(target, options))
            stack.enter_context(holding_at_risk(account.warnings, destination.label))
        ledger = stack.enter_context(
            open_ledger(
                account.ledger,
                _account_of(target, destination),
                plan.handle,
                files_by_post(plan.notes),
            )
        )
        yield Resolver(
            plan, library, target, account, ledger, destination, operator, zone, workspace.kit
        )


def _account_of(target: Target, destination: Destination | None) -> Account:
    """The account as its ledger knows it."""
    if destination is not None:
        return account_of_session(target, destination)
    if not target.is_practice:
        return account_for(target.site, target.name).for_ledger
    known = known_account(AccountFolder(target.account).ledger)
    return known or Account(target.site, "", "")


def _list_all(destination: Destination) -> tuple[ListedNote, ...]:
    def url(note_id: str) -> str:
        return link_to(note_id, destination.site).url

    marker = destination.mark(known=frozenset({_NO_NOTE}))
    return tuple(
        ListedNote(one.id, one.title, one.type, one.time, one.permission, url(one.id), "list")
        for one in marker.listed
    )
