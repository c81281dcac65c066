"""Requests and answers as bytes: one HTTP client a host role, nothing kept, nothing followed.

Every answer is bounded, every failure says whether the request can have arrived. Account cookies
and signatures go to the site's own hosts only; the upload host gets neither.
"""

from __future__ import annotations

import logging
import random
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache

import httpx

from crossover import __version__
from crossover.destinations.answers.answer import Answer
from crossover.destinations.answers.call import Call
from crossover.destinations.answers.site_clock import SiteClock
from crossover.destinations.api.http.bodies import Flawed, bounded
from crossover.destinations.api.session import Session
from crossover.destinations.api.signing import Signer, signed
from crossover.destinations.api.upload.part_size import LineSpeed
from crossover.destinations.sites import Hosts, Role
from crossover.runtime.clock import Clock

SPACING = 1.0
"""Least seconds between two calls to a real site (likely: what public clients keep)."""

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


Transport = httpx.BaseTransport
"""What stands for the network: one request in, one answer out."""


def quiet_library_logs() -> None:
    """Let the library log nothing: it writes whole addresses and headers, tokens included, at
    whatever level a caller asks for."""
    for name in _LIBRARY_LOGGERS:
        logging.getLogger(name).addFilter(_never)


def _never(_: logging.LogRecord) -> bool:
    return False


class NeverLeft(Exception):
    """No connection: nothing of the request reached the site."""


class NoAnswer(Exception):
    """The request may have arrived, and not even the head of an answer came back."""


class HttpClient:
    """The connections of one session. `spacing` is the least number of seconds between two calls
    (uploads excepted); `transport` replaces the network in tests. Close it after use, or use it in
    a `with`."""

    def __init__(
        self,
        hosts: Hosts,
        session: Session,
        sign: Signer,
        *,
        spacing: float = SPACING,
        clock: Clock | None = None,
        transport: Transport | None = None,
    ) -> None:
        quiet_library_logs()
        self.hosts = hosts
        self.clock = clock or Clock()
        self.line = LineSpeed()
        self._session = session
        self._sign = sign
        self._spacing = spacing
        self._site_clock = SiteClock(self.clock)
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

    def __enter__(self) -> HttpClient:
        return self

    def __exit__(self, *_: object) -> None:
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
            "Origin": self.hosts.origin,
            "Referer": self.hosts.origin + "/",
            "Cookie": self._session.header(),
        }
        if call.json is not None:
            headers["Content-Type"] = "application/json;charset=UTF-8"
        if call.signed:
            headers |= signed(
                self._sign, call.method, call.path_with_query, body, self._session.cookies
            )
        url = self.hosts.base(call.role) + call.path_with_query
        client = self._unused if fresh else self._clients[call.role]
        self._wait_for_turn()
        try:
            return self._exchange(
                client, httpx.Request(call.method, url, headers=headers, content=body), call.path
            )
        finally:
            self._last_call = self.clock.monotonic()

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
        return self._site_clock.now()

    def server_now(self) -> datetime | None:
        """The site's clock, None as long as no answer told it."""
        return self._site_clock.server_now()

    def _wait_for_turn(self) -> None:
        if self._last_call is not None and self._spacing:
            pause = self._spacing * random.uniform(1, 1.5)  # noqa: S311  manners, not secrets
            self.clock.sleep(max(0.0, self._last_call + pause - self.clock.monotonic()))

    def _exchange(
        self, client: httpx.Client, request: httpx.Request, shown: str, size: int = 0
    ) -> Answer:
        began = self.clock.monotonic()
        status: object = "no answer"
        try:
            with _translate_errors():
                response = client.send(request, stream=True)
            status = response.status_code
            if response.is_success:
                self._measure(size, self.clock.monotonic() - began)
            try:
                body, flaw = bounded(response), ""
            except Flawed as exc:
                body, flaw = b"", str(exc)
            finally:
                response.close()
        finally:
            took = self.clock.monotonic() - began
            log.debug("%s %s: %s in %.2f s", request.method, shown, status, took)
        self._site_clock.heard(response.headers.get("date"))
        return Answer(response.status_code, dict(response.headers), body, flaw)

    def _measure(self, size: int, seconds: float) -> None:
        if size:
            self.line.sent(size, seconds)
        else:
            self.line.answered(seconds)


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that are believed: those that come with the library, whatever the
    environment says. Read once, which takes a while."""
    return httpx.create_ssl_context(trust_env=False)


_NOTHING_LEFT = (
    (httpx.ConnectTimeout, "no connection within 10 seconds"),
    (httpx.ConnectError, ""),
    (httpx.PoolTimeout, ""),
    (httpx.UnsupportedProtocol, ""),
)
_NO_ANSWER = (
    (httpx.LocalProtocolError, "the request could not be written"),
    (httpx.InvalidURL, "the request could not be written"),
    (httpx.TimeoutException, "not a byte for 60 seconds"),
    (httpx.TransportError, "the connection was cut"),
)
"""The library's errors, the first that fits, and what they mean; no connection speaks for
itself."""


@contextmanager
def _translate_errors() -> Iterator[None]:
    """Raise our errors in place of the library's, without their text, which may quote a header."""
    try:
        yield
    except (httpx.TransportError, httpx.InvalidURL) as exc:
        log.debug("no answer: %s", type(exc).__name__)
        for kind, reason in _NOTHING_LEFT:
            if isinstance(exc, kind):
                raise NeverLeft(reason or _no_connection(exc)) from None
        reason = next(reason for kind, reason in _NO_ANSWER if isinstance(exc, kind))
        raise NoAnswer(reason) from None


def _no_connection(error: BaseException) -> str:
    """With the system's own words where it has some."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return f"no connection ({cause.strerror})"
        cause = cause.__cause__ or cause.__context__
    return "no connection"
