"""The studio page while it is filled in: its parts by the contract, and waits that end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from crossover.destinations.studio.account.signed_in import at_risk, signed_out
from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.contract.contract import Bound, Contract
from crossover.destinations.studio.contract.page_contract import find_present, locate
from crossover.destinations.studio.dialogue import DOING_WORDS, Doing, StudioStep
from crossover.errors import PageChanged, RetryLater

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

T = TypeVar("T")

SITE = "RedNote"
"""What a creator calls the site whose page it is."""

_POLL_MS = 40


def _hear_nothing(_: StudioStep) -> None: ...


def _check_nothing() -> None: ...


@dataclass(slots=True)
class FormPage:
    """A publish page and what is known of it. `doing` is the step of which an error tells.

    `hear` is told each step. `check_stop` is called in every wait and may raise.
    """

    page: Page
    contract: Contract
    hear: Callable[[StudioStep], None] = _hear_nothing
    check_stop: Callable[[], None] = _check_nothing
    doing: Doing = Doing.OPENING
    told: StudioStep | None = field(default=None)

    def tell(self, doing: Doing, done: int = 0, total: int = 0) -> None:
        """Begin a step, or tell how far it is; the same is told once."""
        self.doing = doing
        told = StudioStep(doing, done, total)
        if told != self.told:
            self.told = told
            self.hear(told)

    def find(self, name: str, within: Locator | None = None) -> Locator | None:
        """Find an element of the contract now; None where it is not there."""
        return locate(self.page, self.contract, name, within=within)

    def present(self, *names: str) -> frozenset[str]:
        """Tell which of these elements are there now."""
        return find_present(self.page, self.contract, names)

    def need(
        self, name: str, within: Locator | None = None, bound: Bound = Bound.APPEAR
    ) -> Locator:
        """Wait for an element, and give the first of that name. Raises `PageChanged`."""
        found = self.wait(lambda: self.find(name, within), bound)
        if found is None:
            raise self.changed(name)
        return found.first

    def wait(self, read: Callable[[], T | None], bound: Bound) -> T | None:
        """Ask `read` until it gives something that counts, at most as long as the contract says;
        None where it never did. Raises `LoginNeeded` or `AccountAtRisk` where the page goes to
        such an address meanwhile, and whatever `check_stop` raises."""
        deadline = time.monotonic() + self.contract.seconds[bound]
        while True:
            self.check_address()
            self.check_stop()
            found = read()
            if found:
                return found
            if time.monotonic() >= deadline:
                return None
            self.pause()

    def pause(self) -> None:
        """Let the page go on for a moment, between two looks at it."""
        self.page.wait_for_timeout(_POLL_MS)

    def bring_to_front(self) -> None:
        """See that the page is drawn: a browser does not move what nobody can see. Raises
        `RetryLater` where the window stays covered or minimised."""
        if self._is_seen():
            return
        self.page.bring_to_front()
        if not self.wait(self._is_seen, Bound.OBSTACLE):
            raise RetryLater(
                "The browser's window is covered or minimised, so that its page stands still.",
                next="Leave it where you can see it, beside this one, and run the same command.",
            )

    def _is_seen(self) -> bool:
        return bool(self.page.evaluate("document.visibilityState === 'visible'"))

    def check_address(self) -> None:
        """Raise `LoginNeeded` or `AccountAtRisk` where the page's address says so."""
        match read_address(self.page.url):
            case Address.LOGIN:
                raise signed_out(SITE)
            case Address.RISK:
                raise at_risk(SITE)
            case _:
                pass

    def changed(self, *names: str) -> PageChanged:
        """Make the error for parts of the page that are not as they are known."""
        return page_changed(self.contract, self.doing, *names)


def page_changed(contract: Contract, doing: Doing, *names: str) -> PageChanged:
    """Make the error for elements of `contract` that are not as they are known."""
    return PageChanged(DOING_WORDS[doing], contract.called(names), names)
