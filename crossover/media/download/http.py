"""Requests to media hosts: a plain GET and nothing else, to an address that was checked.

httpcore by itself, without httpx around it: there are no cookies, no redirects of its own and no
.netrc, and a signed query goes out as it came. Proxies of the environment are not used: a proxy
looks names up itself, so that no address could be checked here.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.request import getproxies

import httpcore

from crossover import __version__
from crossover.media.download.addresses import (
    ExtraHost,
    MediaAddress,
    NotAllowedError,
    Resolve,
    check_link,
    resolve,
)
from crossover.media.download.connections import CheckedConnections, UnknownHostError, Watch
from crossover.media.download.outages import Intercepted, Outages, Unanswered
from crossover.media.download.outcomes import Ended, LinkState
from crossover.runtime.retry import Again

MAX_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_USUAL_PORTS = {"http": 80, "https": 443}
_HEADERS = (
    ("Accept", "*/*"),
    ("Accept-Encoding", "identity"),
    ("User-Agent", f"crossover/{__version__}"),
)


@dataclass(frozen=True, slots=True)
class MediaAnswer:
    """An answer that is no redirect. Header names are in lower case; `body` is read once."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: Iterable[bytes] = field(repr=False)

    @property
    def is_login_page(self) -> bool:
        """Whether it says by itself to be of a network that wants a login, or a page at least."""
        html = self.headers.get("content-type", "").lower().startswith("text/html")
        return self.status == 511 or (self.status == 200 and html)


class MediaClient:
    """Connections to media hosts, shared by several threads. Use it as a context.

    `extra_host` is one more host to allow. What stands after it is for tests.
    """

    def __init__(
        self,
        watch: Watch | None = None,
        *,
        extra_host: ExtraHost | None = None,
        resolve: Resolve = resolve,
        backend: httpcore.NetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.watch = watch or Watch()
        self.outages = Outages(self.watch.clock)
        self._extra_host = extra_host
        self._lock = threading.Lock()
        self._not_before: dict[str, float] = {}
        inner = backend or httpcore.SyncBackend()
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            keepalive_expiry=15,
            network_backend=CheckedConnections(self.watch, extra_host, resolve, inner),
        )

    def __enter__(self) -> MediaClient:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    @contextmanager
    def open(
        self, url: str, headers: Mapping[str, str] | None = None, *, method: str = "GET"
    ) -> Iterator[MediaAnswer]:
        """The answer to one request, redirects followed by hand, each checked like the link.

        Raises `Ended` for a link that is not followed, `Unanswered` where no answer comes,
        `Intercepted` for a redirect to where no file can be, `Again` for a connection that breaks
        after that (while the body is read too), `Stopped`.
        """
        timeouts = self.watch.timeouts
        waits = {"connect": timeouts.connect, "write": timeouts.silent, "read": timeouts.silent}
        answered = False
        try:
            target = check_link(url, self._extra_host)
        except NotAllowedError as exc:
            raise _not_followed(exc) from exc
        try:
            for _ in range(MAX_REDIRECTS + 1):
                self.watch.pause(
                    self._not_before.get(target.host, 0) - self.watch.clock.monotonic()
                )
                with self._pool.stream(
                    method,
                    httpcore.URL(
                        scheme=target.scheme, host=target.host, port=target.port, target=target.path
                    ),
                    headers=[*_HEADERS, ("Host", _host(target)), *(headers or {}).items()],
                    extensions={"timeout": waits},
                ) as response:
                    fields = _fields(response.headers)
                    if response.status not in _REDIRECTS:
                        answered = True
                        yield MediaAnswer(response.status, fields, response.iter_stream())
                        return
                    target = self._redirected(target, fields)
            raise Ended(LinkState.REFUSED, "TikTok's answer leads in circles")
        except NotAllowedError as exc:
            if self._extra_host and target.host == self._extra_host.host:
                raise _not_followed(exc) from exc
            raise Intercepted(f"{target.host} is led elsewhere here: {exc}") from exc
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as exc:
            raise _translate_error(exc, target.host, answered=answered) from exc

    def host(self, url: str) -> str | None:
        """The host of a link; None for a link that is not followed."""
        try:
            return check_link(url, self._extra_host).host
        except NotAllowedError:
            return None

    def _redirected(self, target: MediaAddress, fields: Mapping[str, str]) -> MediaAddress:
        try:
            return check_link(_location(target, fields), self._extra_host)
        except NotAllowedError as exc:
            raise Intercepted(
                "it was led to another place, as by a network that asks to log in first",
                otherwise=_not_followed(exc),
            ) from exc

    def slow_down(self, url: str, seconds: float) -> None:
        """Send nothing more to the host of `url` for so long: it asked for that."""
        host = check_link(url, self._extra_host).host
        now = self.watch.clock.monotonic()
        with self._lock:
            waiting = max(0, self._not_before.get(host, now) - now)
            self._not_before[host] = now + max(seconds, waiting)
        if seconds >= waiting + 1:  # several files at a time are asked the same
            self.watch.on_wait(seconds)


def _host(target: MediaAddress) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == _USUAL_PORTS[target.scheme] else f"{host}:{target.port}"


def _fields(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _location(target: MediaAddress, fields: Mapping[str, str]) -> str:
    location = fields.get("location", "")
    if location.startswith("//"):
        return f"{target.scheme}:{location}"
    if location.startswith("/"):
        return f"{target.scheme}://{_host(target)}{location}"
    return location


def _not_followed(exc: NotAllowedError) -> Ended:
    return Ended(LinkState.NOT_ALLOWED, f"not followed: {exc}")


def _translate_error(exc: Exception, host: str, *, answered: bool) -> Again:
    if exc.args and isinstance(exc.args[0], ssl.SSLCertVerificationError):  # as httpcore wraps it
        return Intercepted(
            f"{host} cannot prove that it is TikTok's; a login page, a filter or a wrong date on this"
            " computer may be why"
        )
    proxy = {"https", "all"} & getproxies().keys()
    direct = "; it is tried directly, not by your proxy" if proxy else ""
    match exc:
        case UnknownHostError():
            return Unanswered(f"{host} is not found{direct}")
        case httpcore.ConnectTimeout() | httpcore.ConnectError():
            return Unanswered(f"no connection to {host}{direct}")
        case _ if not answered:
            return Unanswered(f"{host} does not answer")
        case httpcore.TimeoutException():
            return Again("the server stopped sending")
        case _:
            return Again("the connection broke")
