"""Requests and answers as bytes: one HTTP client a host role, nothing kept, nothing followed.

Every answer is bounded, every failure says whether the request can have arrived. Account cookies
and signatures go to the site's own hosts only; the upload host gets neither.
"""

from __future__ import annotations

import json
import logging
import random
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

import httpx

from crossover import __version__
from crossover.destinations.api.http.answers import Answer, Flawed, bounded, http_date
from crossover.destinations.api.session import Session
from crossover.destinations.api.signing import Signer, signed
from crossover.destinations.api.upload.part_size import Pace
from crossover.destinations.sites import Hosts, Role

log = logging.getLogger("crossover.rednote")

TIMEOUTS = httpx.Timeout(connect=10, read=60, write=60, pool=10)
"""Seconds without a single byte; while bytes flow, nothing times out."""

# A request is built here and not by its client, so no header or cookie joins it unseen.
_HEADERS = {"User-Agent": f"crossover/{__version__}", "Accept-Encoding": "gzip"}

_LIBRARY_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


def _never(_: logging.LogRecord) -> bool:
    return False


# They print whole addresses and headers, tokens included, whatever level a caller asks for.
for _name in _LIBRARY_LOGGERS:
    logging.getLogger(_name).addFilter(_never)


class NeverLeft(Exception):
    """No connection: nothing of the request reached the site."""


class NoAnswer(Exception):
    """The request may have arrived, and not even the head of an answer came back."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to one of the site's hosts. `needs` tells whether an answer holds what the call
    is for; `json` is sent compact, in UTF-8, as the very bytes that are signed.

    `reads` tells the same where an answer need not be JSON (the upload host's are headers or XML).
    """

    name: str
    role: Role
    method: str
    path: str
    needs: Callable[[Mapping[str, Any]], bool]
    query: Mapping[str, str | int] = field(default_factory=dict)
    json: Any = None
    signed: bool = True
    reads: Callable[[Answer], bool] | None = None

    @property
    def path_with_query(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def body(self) -> bytes:
        return b"" if self.json is None else compact(self.json)


def compact(value: Any) -> bytes:
    """JSON as RedNote's page writes it: no blanks, no ASCII escapes (firm)."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Wire:
    """The clients of one session. `spacing` is the least number of seconds between two calls
    (uploads excepted); `pace` is told how long everything took; `transport` replaces the network
    in tests."""

    def __init__(
        self,
        hosts: Hosts,
        session: Session,
        sign: Signer,
        *,
        spacing: float = 0.0,
        pace: Pace | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._hosts = hosts
        self._session = session
        self._sign = sign
        self._spacing = spacing
        self.pace = pace or Pace()
        self._clock = clock
        self._monotonic = monotonic
        self._sleep = sleep
        self._server_clock: tuple[datetime, float] | None = None
        self._last_call: float | None = None

        def client(*, keep_open: int = 4) -> httpx.Client:
            return httpx.Client(
                timeout=TIMEOUTS,
                limits=httpx.Limits(max_connections=16, max_keepalive_connections=keep_open),
                follow_redirects=False,
                trust_env=False,
                verify=_trust(),
                transport=transport,
            )

        self._clients = {role: client() for role in Role}
        self._unused = client(keep_open=0)

    def __enter__(self) -> Wire:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        for client in (*self._clients.values(), self._unused):
            client.close()

    def call(self, call: Call, *, fresh: bool = False) -> Answer:
        """One call, once. Raises `NotSigned` and `NeverLeft` (nothing arrived), `NoAnswer`.

        `fresh` takes a new connection: one that lay open may have died unnoticed, and then nobody
        can tell whether the request arrived.
        """
        body = call.body
        headers = _HEADERS | {
            "Accept": "application/json",
            "Origin": self._hosts.origin,
            "Referer": self._hosts.origin + "/",
            "Cookie": self._session.header(),
        }
        if call.json is not None:
            headers["Content-Type"] = "application/json;charset=UTF-8"
        if call.signed:
            headers |= signed(
                self._sign, call.method, call.path_with_query, body, self._session.cookies
            )
        url = self._hosts.base(call.role) + call.path_with_query
        client = self._unused if fresh else self._clients[call.role]
        self._wait_for_turn()
        try:
            return self._exchange(
                client, httpx.Request(call.method, url, headers=headers, content=body), call.path
            )
        finally:
            self._last_call = self._monotonic()

    def upload(
        self,
        method: str,
        url: str,
        token: str,
        *,
        content: bytes | Iterable[bytes] = b"",
        size: int = 0,
        content_type: str | None = None,
    ) -> Answer:
        """One request to the upload host with a body of `size` bytes, with the permit's token and
        nothing of the account. May be called from several threads. Raises `NeverLeft`,
        `NoAnswer`, and whatever `content` raises."""
        headers = _HEADERS | {"X-Cos-Security-Token": token}
        if content_type is not None:
            headers |= {"Content-Type": content_type, "Content-Length": str(size)}
        request = httpx.Request(method, url, headers=headers, content=content)
        return self._exchange(self._clients[Role.UPLOAD], request, "(upload)", size)

    def now(self) -> datetime:
        """The site's clock, as its last answer told it; this computer's before the first."""
        return self.server_now() or self._clock()

    def server_now(self) -> datetime | None:
        """The site's clock, None as long as no answer told it."""
        if self._server_clock is None:
            return None
        told, at = self._server_clock
        return told + timedelta(seconds=self._monotonic() - at)

    def _wait_for_turn(self) -> None:
        if self._last_call is not None and self._spacing:
            pause = self._spacing * random.uniform(1, 1.5)  # noqa: S311  manners, not secrets
            self._sleep(max(0.0, self._last_call + pause - self._monotonic()))

    def _exchange(
        self, client: httpx.Client, request: httpx.Request, shown: str, size: int = 0
    ) -> Answer:
        began = self._monotonic()
        status: object = "no answer"
        try:
            with _translated():
                response = client.send(request, stream=True)
            status = response.status_code
            if response.is_success:
                self._tell_pace(size, self._monotonic() - began)
            try:
                body, flaw = bounded(response), ""
            except Flawed as exc:
                body, flaw = b"", str(exc)
            finally:
                response.close()
        finally:
            took = self._monotonic() - began
            log.debug("%s %s: %s in %.2f s", request.method, shown, status, took)
        self._note_time(response.headers.get("date"))
        return Answer(response.status_code, dict(response.headers), body, flaw)

    def _tell_pace(self, size: int, seconds: float) -> None:
        if size:
            self.pace.sent(size, seconds)
        else:
            self.pace.answered(seconds)

    def _note_time(self, date: str | None) -> None:
        moment = http_date(date)
        if moment is not None:
            self._server_clock = (moment, self._monotonic())


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that are believed: those that come with the library, whatever the
    environment says. Read once, which takes a while."""
    return httpx.create_ssl_context(trust_env=False)


class _translated:  # noqa: N801  reads as a verb where it is used
    """Turns the library's errors into ours, without their text where it may quote a header."""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, httpx.TransportError):
            log.debug("no answer: %s", type(error).__name__)
        match error:
            case httpx.ConnectTimeout():
                raise NeverLeft("no connection within 10 seconds") from None
            case httpx.ConnectError() | httpx.PoolTimeout() | httpx.UnsupportedProtocol():
                raise NeverLeft(_no_connection(error)) from None
            case httpx.LocalProtocolError() | httpx.InvalidURL():
                raise NoAnswer("the request could not be written") from None
            case httpx.TimeoutException():
                raise NoAnswer("not a byte for 60 seconds") from None
            case httpx.TransportError():
                raise NoAnswer("the connection was cut") from None
            case _:
                pass


def _no_connection(error: BaseException) -> str:
    """With the system's own words where it has some."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return f"no connection ({cause.strerror})"
        cause = cause.__cause__ or cause.__context__
    return "no connection"
