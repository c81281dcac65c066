"""Whose account the window is signed in to: by what the site's own pages ask, and are answered.

Nothing is asked from here. A page of the studio asks for its own account when it opens.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from crossover.destinations.answers.answer import Answer
from crossover.destinations.answers.call import Call
from crossover.destinations.answers.outcomes import AnswerKind, classify, problem_of, summary_of
from crossover.destinations.sites import Role
from crossover.destinations.studio.contract.addresses import Address, read_address
from crossover.destinations.studio.contract.contract import load_contract
from crossover.destinations.studio.contract.page_contract import locate
from crossover.destinations.studio.page_calls import read_answer
from crossover.errors import AccountAtRisk, CrossoverError, LoginNeeded, RetryLater
from crossover.model.account import Account, SiteName
from crossover.model.next_step import Hint, step
from crossover.text import sentence

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response

HOME = "/new/home"
"""The studio's first page, which asks whose it is."""

ACCOUNT_SECONDS = 30.0
_ID_SECONDS = 5.0
"""How long the answer with the account's id may come after one that has its name alone."""

_LOOK_MS = 50


@dataclass(frozen=True, slots=True)
class _Told:
    """What one answer tells of an account; None where it does not."""

    user_id: str | None = None
    name: str | None = None
    red_number: str | None = None

    def and_then(self, later: _Told) -> _Told:
        if self.user_id and later.user_id and self.user_id != later.user_id:
            return later  # somebody else signed in meanwhile
        return _Told(
            later.user_id or self.user_id,
            later.name or self.name,
            later.red_number or self.red_number,
        )


def _personal_info(data: Mapping[str, Any]) -> _Told:
    return _Told(name=_text(data, "name"), red_number=_text(data, "red_num"))


def _user_info(data: Mapping[str, Any]) -> _Told:
    return _Told(_text(data, "userId"), _text(data, "userName"), _text(data, "redId"))


def _my_info(data: Mapping[str, Any]) -> _Told:
    detail = data.get("userDetail")
    if not isinstance(detail, dict):
        return _Told()
    return _Told(_text(detail, "id"), _text(detail, "nickName"))


_READERS = {
    "/creator/home/personal_info": _personal_info,
    "/galaxy/user/info": _user_info,
    "/galaxy/user/my-info": _my_info,
}
"""The page's own calls that tell of its account, by the end of their path."""

_CALL = Call(
    name="who am I",
    role=Role.CREATOR,
    method="GET",
    path="",
    needs=lambda answer: isinstance(answer["data"], dict),
)

_BROWSERS_OWN = "chrome-error:"
"""Where the browser is that could not load a page."""


class AccountWatch:
    """Within its block, hears on every page of the window whose account it is, on any of the sites
    whose studio has one of these `origins`."""

    def __init__(self, context: BrowserContext, origins: Mapping[SiteName, str]) -> None:
        self._context = context
        self._sites = {_host(origin): site for site, origin in origins.items()}
        self._heard: deque[tuple[SiteName, str, Response]] = deque()
        self._told: dict[SiteName, _Told] = {}
        self._named_at: dict[SiteName, float] = {}
        self._refusals: dict[SiteName, tuple[AnswerKind, Answer]] = {}

    def __enter__(self) -> Self:
        self._context.on("response", self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        self._context.remove_listener("response", self._hear)

    def account(self) -> Account | None:
        """The account that is known by now, None as long as none is. One whose id is not told goes
        by its RedNote number, after some seconds."""
        self._read()
        for site, told in self._told.items():
            late = time.monotonic() - self._named_at[site] > _ID_SECONDS
            user_id = told.user_id or (told.red_number if late else None)
            if user_id:
                return Account(site, user_id, told.name or user_id)
        return None

    def refusal(self, site: SiteName) -> tuple[AnswerKind, Answer] | None:
        """The newest answer of that site that tells of no account, None where there is none, or
        where one that tells of it came later."""
        self._read()
        return self._refusals.get(site)

    def _read(self) -> None:
        while self._heard:
            site, path, response = self._heard.popleft()
            answer = read_answer(response)
            kind = classify(answer, _CALL)
            if kind is not AnswerKind.SUCCESS:
                self._refusals[site] = (kind, answer)
                if kind is AnswerKind.SIGNED_OUT:
                    self._told.pop(site, None)
                continue
            told = _READERS[path]((answer.envelope or {})["data"])
            self._refusals.pop(site, None)
            self._named_at.setdefault(site, time.monotonic())
            self._told[site] = self._told.get(site, _Told()).and_then(told)

    def _hear(self, response: Response) -> None:
        parts = urlsplit(response.url)
        site = self._sites.get(parts.netloc)
        path = next((end for end in _READERS if parts.path.endswith(end)), None)
        if site is not None and path is not None and response.request.method == "GET":
            self._heard.append((site, path, response))


def read_account(
    page: Page, site: SiteName, origin: str, label: str, *, seconds: float = ACCOUNT_SECONDS
) -> Account:
    """Open the studio's first page and hear whose account it is, for so many seconds at most.
    `label` is what a creator calls the site.

    Raises `LoginNeeded` where nobody is signed in, `AccountAtRisk` where the site warns or asks for a
    person, `RetryLater` where it cannot be told, and Playwright's error where the page is closed.
    """
    from playwright.sync_api import Error
    from playwright.sync_api import TimeoutError as TooSlow

    with AccountWatch(page.context, {site: origin}) as watch:
        try:
            page.goto(f"{origin}{HOME}", wait_until="commit", timeout=seconds * 1000)
        except TooSlow as exc:
            raise _not_told(label) from exc
        except Error as exc:
            if page.is_closed():
                raise
            if page.url.startswith(_BROWSERS_OWN):
                raise _unreachable(label) from exc
            # The page was led elsewhere at once: where to is looked at below.
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            account = watch.account()
            if account is not None:
                return account
            if problem := _problem(page, watch.refusal(site), label):
                raise problem
            page.wait_for_timeout(_LOOK_MS)  # what happens is heard meanwhile
        if refusal := watch.refusal(site):
            raise _not_told(label, summary_of(refusal[1]))
    raise _not_told(label)


def is_asked_to_sign_in(page: Page) -> bool:
    """Whether the page wants somebody to sign in: by its address, or by a box on it."""
    if read_address(page.url) is Address.LOGIN:
        return True
    return locate(page, load_contract(), "login-box") is not None


def signed_out(label: str) -> LoginNeeded:
    """The session of the window is over, or there was none."""
    return LoginNeeded(
        sentence(f"{label} asks you to sign in."),
        next=Hint(
            "Sign in: ", step("login"), ", then run the same command; it goes on where it was."
        ),
    )


def at_risk(label: str) -> AccountAtRisk:
    """The window shows a page that warns, or asks for a person."""
    return AccountAtRisk(
        sentence(f"{label} wants to see that you are a person, or warns you."),
        next="Everything is held. Look at the window, do what it asks, and wait some hours.",
    )


def _problem(
    page: Page, refusal: tuple[AnswerKind, Answer] | None, label: str
) -> CrossoverError | None:
    if read_address(page.url) is Address.RISK:
        return at_risk(label)
    if refusal is not None:
        kind, answer = refusal
        if kind in (AnswerKind.SIGNED_OUT, AnswerKind.CAPTCHA, AnswerKind.BLOCKED):
            problem = problem_of(kind, answer, _CALL, label)
            return problem if isinstance(problem, CrossoverError) else None
    return signed_out(label) if is_asked_to_sign_in(page) else None


def _not_told(label: str, why: str = "") -> RetryLater:
    said = f" ({why})" if why else ""
    return RetryLater(
        sentence(f"{label}'s page did not say whose account it is{said}."),
        next="Look at the window; then run the same command again. Nothing was sent.",
    )


def _unreachable(label: str) -> RetryLater:
    return RetryLater(
        sentence(f"{label} cannot be reached."),
        next="Check the connection; the window says more. Then run the same command again.",
    )


def _host(origin: str) -> str:
    return urlsplit(origin).netloc


def _text(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) and value else None
