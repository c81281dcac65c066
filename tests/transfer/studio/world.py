"""A practice account by the creator's own browser: the real page, real files, a real hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.open import read_entries
from crossover.destinations.studio.browser.window import PROFILE, open_window
from crossover.destinations.studio.dialogue import StudioStep, Unattended
from crossover.destinations.studio.form import FilledForm
from crossover.errors import AccountAtRisk, CrossoverError, LoginNeeded
from crossover.model.notes import Note, State
from crossover.model.results import Wish
from crossover.transfer.outcome import Outcome
from tests.studio_world import Creator, InstalledBrowser, StandIn, installed_browser, stand_in
from tests.transfer.studio.sending import send

RUNS = 6
"""So many runs lead nowhere."""


class HandFailed(BaseException):
    """The creator could not do what they wanted. No error of the product's, which would take it for an
    odd end of the page."""


@dataclass
class AtTerminal(Unattended):
    """A creator who sees the terminal, and does something at the window once a page is filled: by
    default they publish. `seen` is what they were told, in order; `wishes` what they type."""

    creator: Creator
    at_filled: Callable[[Note], Future[Any] | None] | None = None
    at_step: Callable[[StudioStep], object] = lambda _: None
    at_pressed: Callable[[Note], object] = lambda _: None
    remembers: bool | None = None
    wishes: deque[Wish] = field(default_factory=deque)
    seen: list[str] = field(default_factory=list)
    forms: dict[str, FilledForm] = field(default_factory=dict)
    hand: Future[Any] | None = None
    waited: float = 0.0

    def wants(self, *wishes: Wish) -> Callable[[Note], None]:
        """To be done once a page is filled: type these."""
        return lambda _: self.wishes.extend(wishes)

    def step(self, note: Note, step: StudioStep) -> None:
        self.seen.append(step.doing)
        self.at_step(step)

    def filled(self, note: Note, form: FilledForm, *, again: bool) -> None:
        self.seen.append("filled again" if again else "filled")
        self.forms[note.number] = form
        self.hand = self.at_filled(note) if self.at_filled else self.creator.presses()

    def pressed(self, note: Note) -> None:
        self.seen.append("pressed")
        self.at_pressed(note)

    def waiting(self, note: Note, seconds: float) -> None:
        self.waited = seconds

    def wish(self) -> Wish | None:
        if self.hand and self.hand.done() and (error := self.hand.exception()):
            raise HandFailed(error) from error
        return self.wishes.popleft() if self.wishes else None

    def was_pressed(self, note: Note) -> bool | None:
        self.seen.append("asked")
        return self.remembers

    def count(self, event: str) -> int:
        return self.seen.count(event)


@dataclass
class StudioWorld:
    """A window on a practice account that is signed in. Files of notes lie in `root`; `account` is
    the folder with the ledger and the browser's profile."""

    site: StandIn
    browser: InstalledBrowser
    creator: Creator
    account: AccountFolder
    root: Path

    def send(
        self, *notes: Note, dialogue: AtTerminal | None = None, draft: bool = False
    ) -> list[Outcome]:
        """One run that sends these notes, with the creator before it."""
        before = dialogue or AtTerminal(self.creator)
        return send(self.account.path, self.root, self.site.port, before, *notes, draft=draft)

    def entry(self, note: Note) -> Entry | None:
        return read_entries(self.account.ledger, "mara").get(note.key)

    def pages(self) -> list[str]:
        """The addresses of all open pages."""
        return self.creator.does(lambda window: window.addresses()).result(60)

    def publish_pages(self) -> list[str]:
        """The addresses of open pages on which a note could be published."""
        return [address for address in self.pages() if "/publish/publish" in address]

    def state(self, note: Note) -> State | None:
        entry = self.entry(note)
        return entry.state if entry else None

    def received(self, note: Note) -> list[dict[str, Any]]:
        """What arrived with the title of that note: one, or nothing."""
        return [one for one in self.site.notes() if one["title"] == note.title]

    def settle(self, note: Note) -> AtTerminal:
        """Run the same again and again until the note is posted, once: as a creator who tells the truth
        where they are asked, lifts a hold once they looked, and signs in where that is needed."""
        terminal = AtTerminal(self.creator)
        asked_to_sign_in = 0
        for _ in range(RUNS):
            terminal.remembers = bool(self.received(note))
            try:
                self.send(note, dialogue=terminal)
            except AccountAtRisk:
                self.account.warnings.lift()
            except LoginNeeded:
                asked_to_sign_in += 1
                if asked_to_sign_in > 1:  # no fault of before: the session is gone
                    self.creator.does(lambda window: window.sign_in()).result(60)
            except CrossoverError:
                pass
            if self.state(note) is State.POSTED:
                break
        assert self.state(note) is State.POSTED
        return terminal

    def open_signed_in(self) -> None:
        """Open the window, and sign in there by hand."""
        profile = self.account.path / PROFILE
        with open_window(profile, start_url=f"{self.site.origin}/new/home"):
            self.creator.does(lambda window: window.sign_in()).result(60)


@contextmanager
def studio_world(folder: Path, served: StandIn | None = None) -> Iterator[StudioWorld]:
    """A world in `folder`, in which nobody is signed in yet; its stand-in may be `served` already."""
    account = AccountFolder(folder / "account")
    account.path.mkdir(parents=True)
    root = folder / "files"
    root.mkdir()
    with (
        installed_browser(folder) as browser,
        pytest.MonkeyPatch.context() as patched,
        nullcontext(served) if served else stand_in(folder / "practice") as site,
        Creator(account.path / PROFILE) as creator,
    ):
        patched.setenv("CROSSOVER_BROWSER", str(browser.program))
        site.switch(processing_seconds=0.05)
        yield StudioWorld(site, browser, creator, account, root)
