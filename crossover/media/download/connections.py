"""Connections that go to checked addresses only, and that nobody waits for endlessly."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from crossover.media.download.addresses import ExtraHost, Resolve, check_addresses
from crossover.runtime.clock import Clock
from crossover.runtime.workers import Stopped
from crossover.storage.atomic import BLOCK

_SLICE = 0.25
"""Seconds between looks at whether to stop, while nothing happens."""
_LEAST_CONNECT = 2.0
"""Seconds that each of a host's addresses has at least, of those for connecting."""


class UnknownHostError(httpcore.ConnectError):
    """The name of a host leads to no address."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long a server may take, in seconds, and how little it may send (bytes a window)."""

    connect: float = 10
    silent: float = 30
    window: float = 60
    least: int = 4096


@dataclass(frozen=True, slots=True)
class Watch:
    """What every wait looks at. Once `stop` is true, waits end with `Stopped`.

    `on_wait` is told the waits that a server asks for, in seconds, from any thread.
    """

    stop: Callable[[], bool] = lambda: False
    timeouts: Timeouts = Timeouts()
    clock: Clock = field(default_factory=Clock)
    on_wait: Callable[[float], None] = lambda _: None

    def pause(self, seconds: float, enough: Callable[[], bool] = lambda: False) -> None:
        """Wait, not longer than until `enough` is true. Raises `Stopped`."""
        until = self.clock.monotonic() + seconds
        while True:
            if self.stop():
                raise Stopped
            remaining = until - self.clock.monotonic()
            if remaining <= 0 or enough():
                return
            self.clock.sleep(min(remaining, _SLICE))


class CheckedConnections(httpcore.NetworkBackend):
    """Resolves a name, checks all it resolved to, and connects to those very addresses. The name
    stays the one that TLS is verified by."""

    def __init__(
        self,
        watch: Watch,
        extra_host: ExtraHost | None,
        resolve: Resolve,
        inner: httpcore.NetworkBackend,
    ) -> None:
        self._watch = watch
        self._extra_host = extra_host
        self._resolve = resolve
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises `NotAllowedError` beside what httpcore expects."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError) as exc:
            raise UnknownHostError("its host is not known") from exc
        own = self._extra_host
        loopback = own is not None and own.loopback and host == own.host
        failed: Exception = httpcore.ConnectError("no address")
        addresses = check_addresses(found, loopback=loopback)
        share = max(timeout / len(addresses), _LEAST_CONNECT) if timeout else None
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failed = exc
            else:
                return _WatchedStream(self._watch, stream)
        raise failed


class _WatchedStream(httpcore.NetworkStream):
    """A connection that is given up when it is silent or only drips.

    It reads more at once than httpcore asks for, which takes whatever comes: a film arrives half
    as fast again.
    """

    def __init__(self, watch: Watch, inner: httpcore.NetworkStream) -> None:
        self._watch = watch
        self._inner = inner
        self._waited = 0.0
        self._got = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        clock, timeouts = self._watch.clock, self._watch.timeouts
        began = clock.monotonic()
        data = self._read_until(max(max_bytes, BLOCK), began + (timeout or timeouts.silent))
        self._waited += clock.monotonic() - began
        self._got += len(data)
        if self._waited >= timeouts.window:
            if data and self._got < timeouts.least:
                raise httpcore.ReadTimeout("it only drips")
            self._waited, self._got = 0.0, 0
        return data

    def _read_until(self, max_bytes: int, until: float) -> bytes:
        while True:
            if self._watch.stop():
                raise Stopped
            remaining = until - self._watch.clock.monotonic()
            if remaining <= 0:
                raise httpcore.ReadTimeout("it is silent")
            try:
                return self._inner.read(max_bytes, min(remaining, _SLICE))
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, timeout)
        return _WatchedStream(self._watch, secured)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
