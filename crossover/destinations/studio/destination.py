"""RedNote's studio page as a destination: crossover fills it in, and the creator presses publish."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crossover.destinations.answers.site_clock import SiteClock
from crossover.destinations.base import NO_OTHERS, NotNow, NotThese, UploadMemory
from crossover.destinations.own_notes.search import NoteSearch, NotYetListed
from crossover.destinations.sites import Hosts
from crossover.destinations.studio.account.heard_list import HeardList
from crossover.destinations.studio.account.signed_in import read_account
from crossover.destinations.studio.browser.window import Window
from crossover.destinations.studio.contract.contract import load_contract
from crossover.destinations.studio.dialogue import Dialogue, Doing, StudioStep
from crossover.destinations.studio.early_press import as_before_press
from crossover.destinations.studio.filled_pages import FilledPages, filled_digest
from crossover.destinations.studio.filling.fill import fill
from crossover.destinations.studio.form import Agreement, FieldName, FilledForm
from crossover.destinations.studio.handing_over import await_answer, await_press
from crossover.destinations.studio.pressing import PressWatch
from crossover.destinations.studio.read_back import read_form
from crossover.destinations.studio.same_page import is_filled_with
from crossover.destinations.studio.saving_draft import save_draft
from crossover.destinations.studio.taken_options import dropped_by_list, dropped_by_page
from crossover.destinations.studio.unchanged_files import check_unchanged, sum_files
from crossover.errors import CrossoverError, PageChanged, WrongAccount
from crossover.limits.limits import Limits, load_limits
from crossover.model.account import Account, Marker, OwnNote, SiteName
from crossover.model.notes import Note
from crossover.model.posts import Visibility
from crossover.model.results import (
    Absent,
    FindResult,
    NotKnown,
    Prepared,
    PublishResult,
    Unclear,
    Wish,
)
from crossover.model.uploads import Progress
from crossover.runtime.clock import Clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

log = logging.getLogger(__name__)

_ASK = "its page is still open and filled in, and whether you pressed publish is not known"


class _PressedEarly(Exception):
    """The creator published while the page was still being filled in."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A page that is filled in, and listened to since before it was, by the site's clock since `began`.
    `again`: an earlier run filled it in."""

    note: Note
    page: Page
    watch: PressWatch
    form: FilledForm
    again: bool
    began: datetime


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
        self._files = files
        self._dialogue = dialogue
        self._draft = draft
        self._clock = clock or Clock()
        self._site_clock = SiteClock(self._clock)
        self._limits = load_limits(site)
        self._contract = load_contract()
        self._pages = FilledPages(account)
        self._who: Account | None = None
        self._at: _Filled | None = None
        self._publish_page: Page | None = None
        self._other_page: Page | None = None
        self._early: PublishResult | None = None
        self._pressed_early = set[tuple[str, int]]()
        self._said_not_pressed = set[tuple[str, int]]()
        self._listed = HeardList(self._page_beside, hosts, self._clock, self._site_clock)
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
        account = read_account(
            self._page_beside(), self._site, self._hosts.origin, self._hosts.label
        )
        self._who = self._who or account
        return account

    def mark(self, *, known: Set[str] = frozenset()) -> Marker:
        """As `NoteSearch.mark`. A note that the creator published already, while its page was filled
        in or since, counts as not there yet."""
        early = self._hear_early_press()
        if self._at and isinstance(early, Unclear) and (early.at_risk or early.signed_out):
            return Marker((), self._at.began)  # the site is not asked anything more now
        marker = self._search.mark(known)
        early = early or self._hear_early_press()
        return as_before_press(marker, self._at.began, early) if self._at and early else marker

    def prepare(self, note: Note, memory: UploadMemory, progress: Progress) -> Prepared:  # noqa: ARG002
        """Fill in the page, or find it filled in, and read it back. Nothing is published by it.

        Raises as `Destination.prepare`, `WrongAccount`, and `PageChanged` where the page is not as it is
        known, or does not take who may see the note.
        """
        self._leave()
        self._hear(note, StudioStep(Doing.OPENING))
        who = self._check_account()
        page, is_filled = self._page_for(note)
        watch, began = PressWatch(page, self._site_clock), self._site_clock.now()
        watch.start()
        try:
            with self._keeping_picture(page, note):
                form = self._fill(page, note, watch, progress, is_filled=is_filled)
            self._pages.keep(self._window.target_id(page), note, who)
        except BaseException:
            watch.stop()
            raise
        self._at = _Filled(note, page, watch, form, is_filled, began)
        return Prepared(note, self._at, form.plain_topics)

    def publish(self, prepared: Prepared) -> PublishResult:
        """Hand the page to the creator, and tell what came of it."""
        filled = prepared.payload
        if not isinstance(filled, _Filled):
            raise TypeError("not prepared by this destination")
        try:
            if self._early is not None:
                return self._early
            if self._draft and not filled.watch.was_sent:
                self._hear(prepared.note, StudioStep(Doing.SAVING_DRAFT))
                return save_draft(filled.page, filled.watch, self._contract)
            filled.page.bring_to_front()
            self._scroll_to_button(filled.page)
            if not filled.watch.was_sent:
                self._dialogue.filled(prepared.note, filled.form, again=filled.again)
            return await_press(
                filled.watch,
                prepared.note,
                self._dialogue,
                self._hosts,
                empty=lambda: empty(filled.page),
                window_is_open=self._window.is_open,
            )
        finally:
            self._leave()

    def find(self, note: Note, since: Marker, *, taken: frozenset[str] = frozenset()) -> FindResult:
        """As `NoteSearch.find`. A page that an earlier run left filled in is asked about where the note
        is not listed."""
        result = self._search.find(note, since, taken)
        if not isinstance(result, Absent | NotYetListed) or not self._is_left_filled(note):
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
        page = self._page_beside()
        dropped += dropped_by_page(
            page,
            self._hosts.origin,
            note,
            note_id,
            self._contract,
            words=note.key in self._pressed_early,
        )
        return tuple(dict.fromkeys(dropped))

    def _dropped_by_list(self, note: Note, note_id: str) -> tuple[str, ...]:
        try:
            newest = next(self._listed.pages(), None)
        except CrossoverError:  # it is told by whatever looks at the list next
            return ()
        return dropped_by_list(note, note_id, newest.notes) if newest else ()

    # --- filling in

    def _check_account(self) -> Account:
        """Whose session it is now: a window may be signed in anew at any time."""
        who = self.whoami()
        if self._who is not None and who.id != self._who.id:
            raise WrongAccount(
                f"The window is signed in as {who.name} now, and was as {self._who.name} before.",
                next=f"Nothing was published. Sign in as {self._who.name}, then run this again.",
            )
        return who

    def _fill(
        self, page: Page, note: Note, watch: PressWatch, progress: Progress, *, is_filled: bool
    ) -> FilledForm:
        def check() -> None:
            self._check_wish()
            if watch.was_sent:
                raise _PressedEarly

        cover_taken: bool | None = None
        try:
            if not is_filled:
                summed = sum_files(note, self._files, check)
                page.bring_to_front()
                cover_taken = fill(
                    page,
                    note,
                    self._files,
                    self._contract,
                    origin=self._hosts.origin,
                    hear=lambda step: self._hear(note, step),
                    progress=progress,
                    check_stop=check,
                ).cover_taken
                check_unchanged(summed)
            self._hear(note, StudioStep(Doing.READING_BACK))
            form = read_form(page, note, self._contract, cover_taken=cover_taken)
        except _PressedEarly:
            return FilledForm(())
        watch.forget_addresses()
        _check_who_sees_it(note, form)
        return form

    def _hear_early_press(self) -> PublishResult | None:
        """What came of a page that the creator published before it was handed to them; None where
        they did not."""
        at = self._at
        if at is not None and self._early is None and at.watch.was_sent:
            self._pressed_early.add(at.note.key)
            self._early = await_answer(at.watch, at.note, self._dialogue, self._hosts)
        return self._early

    def _page_for(self, note: Note) -> tuple[Page, bool]:
        """The page to fill in, and whether it is filled in with this very note already."""
        kept = self._pages.read()
        page = self._window.page(kept.target_id) if kept else None
        if page is None:
            if self._publish_page is None or self._publish_page.is_closed():
                self._publish_page = self._window.new_page()
            return self._publish_page, False
        self._publish_page = page
        same = kept is not None and (kept.key, kept.digest, kept.account) == (
            note.key,
            filled_digest(note),
            self._who.id if self._who else "",
        )
        return page, same and is_filled_with(page, note, self._contract)

    def _is_left_filled(self, note: Note) -> bool:
        kept = self._pages.read()
        if kept is None or kept.key != note.key:
            return False
        page = self._window.page(kept.target_id)
        return page is not None and is_filled_with(page, note, self._contract)

    def _check_wish(self) -> None:
        wish = self._dialogue.wish()
        while wish is Wish.PAUSE:
            wish = self._dialogue.wait_while_paused()
        if wish is not None:
            raise NotNow(wish)

    @contextmanager
    def _keeping_picture(self, page: Page, note: Note) -> Iterator[None]:
        """Keep a picture of a page that is not as it is known."""
        try:
            yield
        except PageChanged as exc:
            path = self._files / "logs" / f"studio-{note.number}.png"
            self._window.screenshot(page, path)
            raise exc.with_screenshot(path) from exc

    def _hear(self, note: Note, step: StudioStep) -> None:
        self._dialogue.step(note, step)

    # --- pages

    def _page_beside(self) -> Page:
        """The page that the account and its notes are looked at in, in front of the others."""
        if self._other_page is None or self._other_page.is_closed():
            kept = self._pages.read()
            filled = self._window.page(kept.target_id) if kept else None
            own = (page for page in self._window.pages if page not in (filled, self._publish_page))
            self._other_page = next(own, None) or self._window.new_page()
        self._other_page.bring_to_front()
        return self._other_page

    def _scroll_to_button(self, page: Page) -> None:
        from crossover.destinations.studio.contract.page_contract import locate

        button = locate(page, self._contract, "publish-button")
        if button is not None:
            button.first.scroll_into_view_if_needed()

    def _leave(self) -> None:
        """Leave the page that was filled in, so that nobody publishes what no run waits for."""
        at, self._at, self._early = self._at, None, None
        if at is None:
            return
        at.watch.stop()
        if empty(at.page):
            self._pages.forget()


def empty(page: Page) -> bool:
    """Take what is filled in off the page. Whether nobody can publish it from there any more."""
    from playwright.sync_api import Error

    try:
        page.goto("about:blank")
    except Error:
        return page.is_closed()
    return True


def _check_who_sees_it(note: Note, form: FilledForm) -> None:
    """Who may see a note is never wider than planned, least of all of the first one."""
    field = form.field(FieldName.VISIBILITY)
    taken = field is not None and field.agreement is Agreement.AS_PLANNED
    if note.visibility is not Visibility.PUBLIC and not taken:
        raise PageChanged("visibility", ("visibility",))
