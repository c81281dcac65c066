"""RedNote's studio page as a destination: crossover fills it in, and the creator presses publish."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.answers.site_clock import SiteClock
from crossover.destinations.base import NO_OTHERS, NotThese, UploadMemory
from crossover.destinations.own_notes.search import NoteSearch, NotYetListed
from crossover.destinations.sites import Hosts
from crossover.destinations.studio.account.note_manager import NoteManagerList
from crossover.destinations.studio.account.signed_in import read_account
from crossover.destinations.studio.browser.window import Window
from crossover.destinations.studio.contract.contract import load_contract
from crossover.destinations.studio.contract.page_contract import locate
from crossover.destinations.studio.dialogue import Dialogue, Doing, StudioStep
from crossover.destinations.studio.early_press import as_before_press
from crossover.destinations.studio.filled_pages import FilledPages
from crossover.destinations.studio.form import FilledForm
from crossover.destinations.studio.handing_over import await_answer, await_press
from crossover.destinations.studio.page_filler import PageFiller
from crossover.destinations.studio.pressing import PressWatch
from crossover.destinations.studio.save_button import hearing_save
from crossover.destinations.studio.saving_draft import save_draft
from crossover.destinations.studio.tabs import Tabs
from crossover.destinations.studio.taken_options import dropped_by_list, dropped_by_page
from crossover.errors import CrossoverError, WrongAccount
from crossover.limits.limits import Limits, load_limits
from crossover.model.account import Account, Marker, OwnNote, SiteName
from crossover.model.notes import Note
from crossover.model.results import (
    Absent,
    FindResult,
    NotKnown,
    Prepared,
    PublishResult,
    Unclear,
)
from crossover.model.uploads import Progress
from crossover.runtime.clock import Clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

log = logging.getLogger(__name__)

_ASK = "its page is still open and filled in, and whether you pressed publish is not known"
_PRESSED_BEFORE = "you pressed publish while it was filled in, and the run ended before the answer"


@dataclass(frozen=True, slots=True)
class _Filled:
    """A page that is filled in, and listened to since before it was, by the site's clock since `began`.
    `again`: an earlier run filled it in. `early` is what came of a press before it was handed over."""

    note: Note
    page: Page
    watch: PressWatch
    form: FilledForm
    again: bool
    began: datetime
    early: PublishResult | None = None


class Studio:
    """One account on one site, in the creator's own browser window: the `Destination` for `studio`.

    `files` is the folder that the paths of a note are relative to, `account` the account's folder,
    `draft`: notes are left among RedNote's drafts. Nothing on the site is ever published from here.
    """

    def __init__(
        self,
        window: Window,
        *,
        site: SiteName,
        hosts: Hosts,
        account: Path,
        files: Path,
        dialogue: Dialogue,
        draft: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self._window = window
        self._site = site
        self._hosts = hosts
        self._dialogue = dialogue
        self._draft = draft
        self._clock = clock or Clock()
        self._site_clock = SiteClock(self._clock)
        self._limits = load_limits(site)
        self._contract = load_contract()
        self._tabs = Tabs(window, FilledPages(account), self._contract)
        self._filler = PageFiller(window, files, hosts.origin, self._contract, dialogue)
        self._who: Account | None = None
        self._at: _Filled | None = None
        self._followed = dict[tuple[str, int], set[str]]()  # topics, as the page held them
        self._pressed_early = set[tuple[str, int]]()
        self._said_not_pressed = set[tuple[str, int]]()
        self._listed = NoteManagerList(self._tabs.beside, hosts, self._clock, self._site_clock)
        self._search = NoteSearch(self._listed, site, self._limits)

    @property
    def site(self) -> SiteName:
        return self._site

    @property
    def label(self) -> str:
        return self._hosts.label

    @property
    def limits(self) -> Limits:
        return self._limits

    def whoami(self) -> Account:
        """As `Destination.whoami`, by what the studio's first page asks itself."""
        page = self._tabs.beside()
        account = read_account(page, self._site, self._hosts.origin, self._hosts.label)
        self._who = self._who or account
        return account

    def mark(self, *, known: Set[str] = frozenset()) -> Marker:
        """As `NoteSearch.mark`. A note that the creator published already, while its page was filled
        in or since, counts as not there yet."""
        at = self._hear_early_press()
        if at and isinstance(at.early, Unclear) and (at.early.at_risk or at.early.signed_out):
            return Marker((), at.began)  # the site is not asked anything more now
        marker = self._search.mark(known)
        at = self._hear_early_press()
        return as_before_press(marker, at.began, at.early) if at and at.early else marker

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:  # noqa: ARG002
        """Fill in the page, or find it filled in, and read it back. Nothing is published by it.

        Raises as `Destination.prepare`, `WrongAccount`, and `PageChanged` where the page is not as it is
        known, or does not take who may see the note.
        """
        self.leave()
        self._hear(note, StudioStep(Doing.OPENING))
        who = self._check_account()
        if since := self._tabs.pressed_since(note, who):
            return self._find_pressed(note, since)
        page, is_filled = self._tabs.to_fill(note, who)
        began = self._site_clock.now()
        watch = PressWatch(page, self._site_clock, lambda: self._tabs.keep_pressed(began))
        self._at = _Filled(note, page, watch, FilledForm(()), is_filled, began)
        watch.start()
        try:
            form = self._filler.fill(note, page, watch, progress, again=is_filled)
            if not watch.was_sent:
                self._tabs.keep_filled(page, note, who)
            self._at = replace(self._at, form=form)
            self._followed[note.key] = {*note.topics} - {*form.plain_topics}
        except Exception:
            # Whoever pressed while the page was filled in has published it, whatever came then.
            if not watch.was_sent:
                self.leave()
                raise
        return Prepared(note, None, self._at.form.plain_topics)

    def publish(self, prepared: Prepared) -> PublishResult:
        """Hand the page to the creator, and tell what came of it."""
        filled = self._hear_early_press()
        if filled is None or filled.note is not prepared.note:
            raise ValueError("another note than was prepared last")
        try:
            if filled.early is not None:
                return filled.early
            if self._draft:
                self._hear(prepared.note, StudioStep(Doing.SAVING_DRAFT))
                return save_draft(filled.page, filled.watch, self._contract)
            filled.watch.is_handed_over = True
            filled.page.bring_to_front()
            self._scroll_to_button(filled.page)
            with hearing_save(filled.page, self._contract, filled.watch.heard_save):
                self._dialogue.filled(prepared.note, filled.form, again=filled.again)
                return await_press(
                    filled.watch,
                    prepared.note,
                    self._dialogue,
                    self._hosts,
                    empty=lambda: self._tabs.empty(filled.page),
                    window_is_open=lambda: not self._window.is_ending(),
                )
        finally:
            self.leave()
            self._tabs.settled(prepared.note)

    def leave(self) -> None:
        """Take the note off the page that was filled in, so that nobody publishes what no run waits
        for. Repeatable."""
        at, self._at = self._at, None
        if at is not None:
            at.watch.stop()
            self._tabs.empty(at.page)

    def close(self) -> None:
        """End the run: nothing stays filled in, and no empty tab stays behind. Repeatable."""
        self.leave()
        self._tabs.close_empty()

    def find(self, note: Note, since: Marker, *, taken: frozenset[str] = frozenset()) -> FindResult:
        """As `NoteSearch.find`. A page that an earlier run left filled in is asked about where the note
        is not listed."""
        result = self._search.find(note, since, taken)
        if isinstance(result, Absent):
            self._tabs.settled(note)
        if not isinstance(result, Absent | NotYetListed) or not self._tabs.is_filled(note):
            return result
        if note.key not in self._said_not_pressed:
            if self._dialogue.was_pressed(note) is not False:
                return NotKnown(_ASK)
            self._said_not_pressed.add(note.key)
        return Absent()

    def find_all(
        self,
        notes: Sequence[Note],
        *,
        taken: frozenset[str] = frozenset(),
        others: NotThese = NO_OTHERS,
    ) -> list[FindResult]:
        """As `NoteSearch.find_all`."""
        return self._search.find_all(notes, taken, others)

    def list_notes(self) -> tuple[OwnNote, ...]:
        """As `NoteSearch.list_notes`."""
        return self._search.list_notes()

    def read_back(self, note: Note, note_id: str) -> tuple[str, ...]:
        """As `CanReadBack.read_back`, by the list of own notes and the note's own page."""
        self._hear(note, StudioStep(Doing.READING_LIST))
        dropped = self._dropped_by_list(note, note_id)
        page = self._tabs.beside()
        dropped += dropped_by_page(
            page,
            self._hosts.origin,
            note,
            note_id,
            self._contract,
            followed=self._followed.get(note.key, set()),
            words=note.key in self._pressed_early,
        )
        return tuple(dict.fromkeys(dropped))

    def _dropped_by_list(self, note: Note, note_id: str) -> tuple[str, ...]:
        try:
            newest = next(self._listed.pages(), None)
        except CrossoverError:  # it is told by whatever looks at the list next
            return ()
        return dropped_by_list(note, note_id, newest.notes) if newest else ()

    def _find_pressed(self, note: Note, since: datetime) -> Prepared:
        """A page that the creator published before an earlier run ended is not filled in again: what
        came of that is looked up."""
        page = self._tabs.to_publish()
        watch, early = PressWatch(page, self._site_clock), Unclear(_PRESSED_BEFORE)
        watch.start()
        self._at = _Filled(note, page, watch, FilledForm(()), again=True, began=since, early=early)
        self._pressed_early.add(note.key)
        return Prepared(note, None)

    def _check_account(self) -> Account:
        """Whose session it is now: a window may be signed in anew at any time."""
        who = self.whoami()
        if self._who is not None and who.id != self._who.id:
            raise WrongAccount(
                f"The window is signed in as {who.name} now, and was as {self._who.name} before.",
                next=f"Nothing was published. Sign in as {self._who.name}, then run this again.",
            )
        return who

    def _hear_early_press(self) -> _Filled | None:
        """The page at hand, with what came of it where the creator published it before it was handed
        to them."""
        at = self._at
        if at is not None and at.early is None and at.watch.was_sent:
            self._pressed_early.add(at.note.key)
            early = await_answer(at.watch, at.note, self._dialogue, self._hosts)
            self._at = replace(at, early=early)
        return self._at

    def _hear(self, note: Note, step: StudioStep) -> None:
        self._dialogue.step(note, step)

    def _scroll_to_button(self, page: Page) -> None:
        button = locate(page, self._contract, "publish-button")
        if button is not None:
            button.first.scroll_into_view_if_needed()
