"""The stand-in at the other end of a line that is only a function call, and a clock for both ends.

Where the stand-in breaks the connection the caller sees what httpx shows at a socket: an error
before the head of an answer, or a head and a body that ends too early.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx

from crossover.rehearsal.server.app import PORT, Rehearsal
from crossover.rehearsal.server.connection import Break, BrokenConnection
from crossover.runtime.clock import Clock

BEGAN = 1_790_000_000.0
PATIENCE = 60.0
ROUND_TRIP = 0.01
"""A near host: parts are as small as was asked for."""
SEEN_AS = {
    Break.RESET: httpx.ReadError,
    Break.DROP: httpx.RemoteProtocolError,
    Break.CLOSE: httpx.RemoteProtocolError,
    Break.STALL: httpx.ReadTimeout,
}


class FakeClock(Clock):
    """Passes only while somebody sleeps or a request is on its way."""

    def __init__(self) -> None:
        self.seconds = BEGAN
        self._lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.seconds += max(0.0, seconds)

    def monotonic(self) -> float:
        return self.seconds - BEGAN

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def milliseconds(self) -> int:
        return round(self.seconds * 1000)


class Line(httpx.BaseTransport):
    """One request at a time, from any thread. `strayed` are addresses that are not the stand-in's,
    `most_read` the most bytes anybody took of one answer."""

    def __init__(
        self, sandbox: Rehearsal, clock: FakeClock, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._sandbox = sandbox
        self._clock = clock
        self._loop = loop
        self._lock = threading.Lock()
        self._held_up = 0.0
        self.paths: Counter[str] = Counter()
        self.strayed: list[str] = []
        self.most_read = 0

    async def sleep(self, seconds: float) -> None:
        """For the stand-in: the call at hand takes so long."""
        self._clock.sleep(seconds)
        self._held_up += seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if (request.url.host, request.url.port) != ("127.0.0.1", PORT):
            self.strayed.append(str(request.url))
            raise httpx.ConnectError("only the stand-in is here", request=request)
        with self._lock:
            self.paths[request.url.path] += 1
            self._clock.sleep(ROUND_TRIP)
            self._held_up = 0.0
            exchange = _Exchange(request)
            how = self._loop.run_until_complete(exchange.carry_out(self._sandbox))
            if self._held_up > PATIENCE:
                how = Break.STALL
            elif how is Break.STALL:
                self._clock.sleep(PATIENCE)
        if exchange.error is not None:
            raise exchange.error
        if how is not None and (exchange.status is None or how is not Break.CLOSE):
            raise SEEN_AS[how]("the line broke", request=request)
        assert exchange.status is not None
        date = format_datetime(self._clock.now().replace(microsecond=0), usegmt=True).encode()
        return httpx.Response(
            exchange.status,
            headers=[*exchange.headers, (b"date", date)],
            stream=_Pieces(self, exchange.pieces, how),
        )


class _Exchange:
    """One request and what came back of it."""

    def __init__(self, request: httpx.Request) -> None:
        self._request = request
        assert isinstance(request.stream, httpx.SyncByteStream)
        self._body = iter(request.stream)
        self._sent = False
        self.error: BaseException | None = None
        self.status: int | None = None
        self.headers: list[tuple[bytes, bytes]] = []
        self.pieces: list[bytes] = []

    async def carry_out(self, sandbox: Rehearsal) -> Break | None:
        url = self._request.url
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": self._request.method,
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.partition(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 123),
            "root_path": "",
        }
        try:
            await sandbox.app(scope, self._receive, self._send)
        except BrokenConnection as broken:
            return broken.how
        return None

    async def _receive(self) -> dict[str, Any]:
        if self._sent:
            return {"type": "http.disconnect"}
        try:
            piece = next(self._body, None)
        except BaseException as exc:  # noqa: BLE001  the caller's own, given back to it
            self.error, self._sent = exc, True
            return {"type": "http.disconnect"}
        self._sent = piece is None
        return {"type": "http.request", "body": piece or b"", "more_body": not self._sent}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message.get("headers", []))
        elif message["type"] == "http.response.body":
            self.pieces.append(message.get("body", b""))


class _Pieces(httpx.SyncByteStream):
    def __init__(self, line: Line, pieces: list[bytes], how: Break | None) -> None:
        self._line = line
        self._pieces = pieces
        self._how = how

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for piece in self._pieces:
            read += len(piece)
            self._line.most_read = max(self._line.most_read, read)
            yield piece
        if self._how is not None:
            raise SEEN_AS[self._how]("the line broke")
