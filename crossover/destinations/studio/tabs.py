"""The two tabs of the window that crossover uses: one that is filled in, and one beside it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from crossover.destinations.studio.browser.window import Window
from crossover.destinations.studio.contract.contract import Contract
from crossover.destinations.studio.filled_pages import FilledPages, filled_digest
from crossover.destinations.studio.still_filled import is_filled_with
from crossover.errors import CrossoverError, RetryLater
from crossover.model.account import Account
from crossover.model.notes import Note

if TYPE_CHECKING:
    from playwright.sync_api import Page

EMPTY = "about:blank"
"""Where a tab is that holds nothing."""


class Tabs:
    """The tabs of `window`; `kept` knows on disk which one is filled in, also by an earlier run."""

    def __init__(self, window: Window, kept: FilledPages, contract: Contract) -> None:
        self._window = window
        self._kept = kept
        self._contract = contract
        self._publish: Page | None = None
        self._beside: Page | None = None

    def beside(self) -> Page:
        """The tab that the account and its notes are looked at in, in front of the others: a page
        behind them loads little."""
        if self._beside is None or self._beside.is_closed():
            taken = (self._filled(), self._publish)
            free = (page for page in self._window.pages if page not in taken)
            self._beside = next(free, None) or self._window.new_page()
        self._beside.bring_to_front()
        return self._beside

    def to_publish(self) -> Page:
        """The tab that is filled in, whatever it holds now."""
        page = self._filled()
        if page is not None:
            self._publish = page
        elif self._publish is None or self._publish.is_closed():
            empty = (one for one in self._window.pages if one.url == EMPTY and one != self._beside)
            self._publish = next(empty, None) or self._window.new_page()
        return self._publish

    def to_fill(self, note: Note, account: Account) -> tuple[Page, bool]:
        """The tab to fill in, and whether it is filled in with this very note for this account
        already. One that an earlier run left half filled in is taken anew: nobody shall publish from
        there."""
        kept, page = self._kept.read(), self.to_publish()
        same = kept is not None and (kept.key, kept.digest, kept.account) == (
            note.key,
            filled_digest(note),
            account.id,
        )
        if same and is_filled_with(page, note, self._contract):
            return page, True
        self._kept.keep_begun(self._window.target_id(page), note, account)
        return page, False

    def keep_filled(self, page: Page, note: Note, account: Account) -> None:
        """Write down that the tab is filled in. Raises what `FilledPages.keep` raises."""
        self._kept.keep(self._window.target_id(page), note, account)

    def keep_pressed(self, since: datetime) -> None:
        """Write down that the tab was published, while it was filled in since then."""
        with suppress(CrossoverError):  # what comes of it is heard all the same
            self._kept.keep_pressed(since)

    def pressed_since(self, note: Note, account: Account) -> datetime | None:
        """Since when a tab was filled in with the note that the creator then published, by a run that
        ended before any other file told of it. None where that was not so."""
        kept = self._kept.read()
        same = kept is not None and (kept.key, kept.account) == (note.key, account.id)
        return kept.pressed_since if kept and same else None

    def settled(self, note: Note) -> None:
        """Write down that it is known elsewhere what came of a press on the note's page."""
        kept = self._kept.read()
        if kept is not None and kept.key == note.key and kept.pressed_since:
            self._kept.forget()

    def is_filled(self, note: Note) -> bool:
        """Whether a tab is filled in with the note, by whichever run."""
        kept = self._kept.read()
        page = self._filled() if kept is not None and kept.key == note.key else None
        return page is not None and is_filled_with(page, note, self._contract)

    def empty(self, page: Page) -> bool:
        """Take what is filled in off the tab. Whether nobody can publish it from there any more. A press
        on it stays known until it is `settled`."""
        from playwright.sync_api import Error

        try:
            page.goto(EMPTY)
        except Error:
            if not page.is_closed():
                return False
        kept = self._kept.read()
        if kept is None or kept.pressed_since is None:
            self._kept.forget()
        return True

    def close_empty(self) -> None:
        """Close the tab that was filled in, where nothing is in it and another one is open: the creator
        is left with the studio itself before them."""
        page = self._publish
        if page is None or page.url != EMPTY or len(self._window.pages) < 2:
            return
        with suppress(RetryLater):  # the window is gone
            self._window.close_page(page)

    def _filled(self) -> Page | None:
        kept = self._kept.read()
        return self._window.page(kept.target_id) if kept else None
