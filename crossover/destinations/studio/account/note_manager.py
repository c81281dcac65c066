"""The account's own notes, as the note manager asks for them itself: it is opened, scrolled, and heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from crossover.destinations.answers.answer import Answer
from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import AnswerKind, classify, problem_of
from crossover.destinations.answers.site_clock import SiteClock
from crossover.destinations.own_notes.pages import NotesPage, Unusable, is_page, read_page
from crossover.destinations.sites import Hosts, Role
from crossover.destinations.studio.account.signed_in import at_risk, signed_out
from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.contract.contract import Bound, load_contract
from crossover.destinations.studio.contract.page_contract import locate
from crossover.destinations.studio.page_calls import CallListener
from crossover.errors import CrossoverError
from crossover.runtime.clock import Clock
from crossover.runtime.retry import Again
from crossover.text import sentence

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LIST = "/creator/note/user/posted"
_PAGES_AT_MOST = 200
_SCROLLS = 5


class NoteManagerList:
    """The list of the account that the window is signed in to, as a page of its own shows it.
    `open_page` gives that page, in front of the others: a page behind them loads nothing more."""

    def __init__(
        self,
        open_page: Callable[[], Page],
        hosts: Hosts,
        clock: Clock,
        site_clock: SiteClock,
    ) -> None:
        self._open_page = open_page
        self._hosts = hosts
        self._clock = clock
        self._site_clock = site_clock
        self._contract = load_contract()

    def pages(self) -> Iterator[NotesPage]:
        """As `NoteList.pages`. Raises `Unusable` also when the list turns in circles, does not go on,
        or has too many pages."""
        page = self._open_page()
        cursor, seen = 0, set[int]()
        with CallListener(page, self._site_clock, _LIST) as calls:
            page.goto(f"{self._hosts.origin}/new/note-manager", wait_until="commit")
            for _ in range(_PAGES_AT_MOST):
                seen.add(cursor)
                listed = read_page(self._next_answer(page, calls))
                yield listed
                if listed.next is None:
                    return
                if listed.next in seen:
                    raise self._unusable("turns in circles")
                cursor = listed.next
                self._scroll(page)
        raise self._unusable(f"has more than {_PAGES_AT_MOST} pages")

    def now(self) -> datetime:
        return self._site_clock.now()

    def server_now(self) -> datetime | None:
        return self._site_clock.server_now()

    def sleep(self, seconds: float) -> None:
        self._clock.sleep(seconds)

    def note_url(self, note_id: str) -> str:
        return self._hosts.note_url(note_id)

    def _next_answer(self, page: Page, calls: CallListener) -> Mapping[str, Any]:
        seconds = self._contract.seconds[Bound.PAGE]
        heard = calls.next(seconds, until=lambda: _is_elsewhere(page))
        if heard is None:
            raise self._nothing_heard(page)
        _, answer = heard
        kind = classify(answer, _CALL)
        if kind is not AnswerKind.SUCCESS:
            raise self._error(kind, answer)
        return answer.envelope or {}

    def _scroll(self, page: Page) -> None:
        """To the end of what is listed, where the page asks for more itself."""
        from playwright.sync_api import Error

        for tries_left in reversed(range(_SCROLLS)):
            cards = locate(page, self._contract, "note-card")
            if cards is None:
                raise self._unusable("is not shown as it used to be")
            try:
                cards.last.scroll_into_view_if_needed()
                return
            except Error:  # the page drew its cards anew meanwhile
                if not tries_left or page.is_closed():
                    raise

    def _nothing_heard(self, page: Page) -> CrossoverError:
        match read_address(page.url):
            case Address.LOGIN:
                return signed_out(self._hosts.label)
            case Address.RISK:
                return at_risk(self._hosts.label)
            case _:
                return self._unusable("did not come")

    def _error(self, kind: AnswerKind, answer: Answer) -> CrossoverError:
        problem = problem_of(kind, answer, _CALL, self._hosts.label)
        if isinstance(problem, Again):
            return Unusable(
                sentence(f"{problem.reason}."),
                next="Run the same command later; it goes on where it was.",
            )
        return problem

    def _unusable(self, what: str) -> Unusable:
        return Unusable(
            sentence(f"{self._hosts.label}'s list of your notes {what}."),
            next="Nothing more is published. Run the same command later; it goes on where it was.",
        )


def _is_elsewhere(page: Page) -> bool:
    return read_address(page.url) in (Address.LOGIN, Address.RISK)


_CALL = Call(
    name="own notes",
    role=Role.CREATOR,
    method="GET",
    path=_LIST,
    needs=is_page,
)
