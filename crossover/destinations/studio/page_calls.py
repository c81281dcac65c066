"""Hears what the studio page itself asks RedNote, and the answers. Nothing is ever asked from here."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from crossover.destinations.answers.answer import ANSWER_LIMIT, TOO_LARGE, Answer
from crossover.destinations.answers.site_clock import SiteClock

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Response

_LOOK_MS = 50


def is_call(request: Request, path: str, method: str | None = None) -> bool:
    """Whether a request of the page goes to an address whose path ends so. A browser's own question
    before it, whether it may, is none."""
    asked = request.method
    wanted = asked == method if method else asked != "OPTIONS"
    return wanted and urlsplit(request.url).path.endswith(path)


def read_answer(response: Response) -> Answer:
    """The answer as it came. One whose body is gone already, as the page went on, or is larger than any
    answer should be, has a flaw."""
    from playwright.sync_api import Error

    try:
        body, flaw = response.body(), ""
    except Error:
        body, flaw = b"", "the page went on before its answer could be read"
    if len(body) > ANSWER_LIMIT:
        body, flaw = b"", TOO_LARGE
    return Answer(response.status, response.headers, body, flaw)


class CallListener:
    """Within its block, collects the page's own answers to calls whose path ends with one of `paths`,
    in the order in which they came, and sets the site's clock by them."""

    def __init__(self, page: Page, clock: SiteClock, *paths: str) -> None:
        self._page = page
        self._clock = clock
        self._paths = paths
        self._heard: deque[tuple[str, Response]] = deque()

    def __enter__(self) -> Self:
        self._page.on("response", self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        self._page.remove_listener("response", self._hear)

    def next(
        self, seconds: float, *, until: Callable[[], bool] = lambda: False
    ) -> tuple[str, Answer] | None:
        """The next answer and the path that it is of, waited for so many seconds at most, and only
        as long as `until` does not hold. None where none came. Raises Playwright's error where the
        page is closed."""
        end = time.monotonic() + seconds
        while not self._heard:
            if until() or time.monotonic() >= end:
                return None
            self._page.wait_for_timeout(_LOOK_MS)  # events come in meanwhile
        path, response = self._heard.popleft()
        answer = read_answer(response)
        self._clock.heard(answer.headers.get("date"))
        return path, answer

    def _hear(self, response: Response) -> None:
        for path in self._paths:
            if is_call(response.request, path):
                self._heard.append((path, response))
                return
