"""Listens from before the press: what the publish page sends then, what it is answered, where it goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from crossover.destinations.answers.answer import Answer
from crossover.destinations.answers.call import Call
from crossover.destinations.answers.site_clock import SiteClock
from crossover.destinations.own_notes.recognise import NOTE_ID
from crossover.destinations.sites import Role
from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.page_calls import is_call, read_answer

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page, Request, Response

CREATE = Call(
    name="create note",
    role=Role.API,
    method="POST",
    path="/web_api/sns/v2/note",
    needs=lambda answer: NOTE_ID.fullmatch(answer["data"]["id"]) is not None,
)
"""What the page sends when publish is pressed."""

_LOOK_MS = 50


class Happened(StrEnum):
    """What came of a page that waits for the press."""

    NOTHING = "nothing"
    SENT = "sent"  # the page asked RedNote, whose answer is not there yet
    ANSWERED = "answered"
    LOST = "lost"  # the page asked, and its connection broke
    SUCCESS = "success"  # RedNote's page of success, though nothing was heard
    SIGNED_OUT = "signed-out"
    RISK = "risk"
    DRAFTED = "drafted"  # the creator saved it as a draft, and the page is left
    AWAY = "away"  # the page went elsewhere, and was not asked to
    CLOSED = "closed"  # its tab, or the whole window


class PressWatch:
    """What happens on a publish page between `start` and `stop`. Nothing is pressed by it. `pressed`
    is called as soon as the page asks RedNote, until it `is_handed_over`."""

    def __init__(
        self, page: Page, site_clock: SiteClock, pressed: Callable[[], None] = lambda: None
    ) -> None:
        self._page = page
        self._site_clock = site_clock
        self._pressed = pressed
        self.is_handed_over = False
        self._sent: list[Request] = []
        self._response: Response | None = None
        self._answer: Answer | None = None
        self._failed = False
        self._saved = False
        self._closed = False
        self._addresses: list[Address] = []
        self._sent_at = 0.0

    def start(self) -> None:
        """Listen from now on."""
        self._page.on("request", self._on_request)
        self._page.on("response", self._on_response)
        self._page.on("requestfailed", self._on_failed)
        self._page.on("framenavigated", self._on_navigated)
        self._page.on("close", self._on_closed)
        self._page.on("crash", self._on_closed)

    def stop(self) -> None:
        """Listen no more."""
        self._page.remove_listener("request", self._on_request)
        self._page.remove_listener("response", self._on_response)
        self._page.remove_listener("requestfailed", self._on_failed)
        self._page.remove_listener("framenavigated", self._on_navigated)
        self._page.remove_listener("close", self._on_closed)
        self._page.remove_listener("crash", self._on_closed)

    @property
    def answer(self) -> Answer | None:
        """What the page was answered, None before."""
        return self._answer

    @property
    def seconds_since_sent(self) -> float:
        """How long the answer is awaited."""
        return time.monotonic() - self._sent_at if self._sent else 0.0

    @property
    def was_sent(self) -> bool:
        """Whether the page asked RedNote to publish."""
        return bool(self._sent)

    @property
    def address(self) -> str:
        """Where the page is now."""
        return self._page.url

    def heard_save(self) -> None:
        """Hear that the creator pressed what saves the note as a draft."""
        self._saved = True

    def forget_addresses(self) -> None:
        """Forget where the page went until now, as it was filled in."""
        self._addresses.clear()

    def look(self) -> Happened:
        """Let a moment pass, and tell what happened so far: of several things the strongest."""
        from playwright.sync_api import Error

        if not self._closed:
            try:
                self._page.wait_for_timeout(_LOOK_MS)  # events come in meanwhile
                self._read_answer()
            except Error:
                self._closed = True
        return self._happened()

    def wait(self, seconds: float, *, until: Callable[[Happened], bool]) -> Happened:
        """Look again and again, for so many seconds at most, until that holds."""
        end = time.monotonic() + seconds
        while not until(happened := self.look()) and time.monotonic() < end:
            pass
        return happened

    def _happened(self) -> Happened:
        if self._answer is not None:
            return Happened.ANSWERED
        if Address.RISK in self._addresses:
            return Happened.RISK
        if Address.SUCCESS in self._addresses:
            return Happened.SUCCESS
        if self._failed:
            return Happened.LOST
        is_left = self._closed or (self._addresses and Address.LOGIN not in self._addresses)
        if self._saved and is_left and not self._sent:
            return Happened.DRAFTED
        if self._closed:
            return Happened.CLOSED
        if Address.LOGIN in self._addresses:
            return Happened.SIGNED_OUT
        if self._sent:
            return Happened.SENT
        return Happened.AWAY if self._addresses else Happened.NOTHING

    def _read_answer(self) -> None:
        if self._answer is None and self._response is not None:
            self._answer = read_answer(self._response)
            self._site_clock.heard(self._answer.headers.get("date"))

    def _on_request(self, request: Request) -> None:
        if is_call(request, CREATE.path, CREATE.method):
            self._sent.append(request)
            if not self.is_handed_over:
                self._pressed()
            self._sent_at = self._sent_at or time.monotonic()

    def _on_response(self, response: Response) -> None:
        if self._response is None and is_call(response.request, CREATE.path, CREATE.method):
            self._response = response

    def _on_failed(self, request: Request) -> None:
        if is_call(request, CREATE.path, CREATE.method):
            self._failed = True

    def _on_navigated(self, frame: Frame) -> None:
        if frame is self._page.main_frame:
            self._addresses.append(read_address(frame.url))

    def _on_closed(self, *_: object) -> None:
        self._closed = True
