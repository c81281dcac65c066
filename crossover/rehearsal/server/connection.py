"""Breaks the connection under a call.

A server that has a socket offers `CUT` in a request's ASGI extensions. Without one (in a test that
calls the app directly) `ConnectionLayer`, which is outermost, raises `BrokenConnection` in place of
an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

CUT = "crossover.rehearsal.cut"
POLL_SECONDS = 0.02
_BROKEN = "crossover.rehearsal.broken"


class Break(Enum):
    """How a connection is broken."""

    RESET = "reset"  # at once, and the peer is told that something is wrong
    DROP = "drop"  # at once
    CLOSE = "close"  # after what was sent
    STALL = "stall"  # nothing at all, it stays open


class Breakable(Protocol):
    """A connection that can be broken, offered by a server with a socket under `CUT`. `STALL` needs
    nothing done."""

    def cut(self, how: Break) -> None: ...

    def gone(self) -> bool: ...


class BrokenConnection(Exception):
    """Raised without a socket, where a caller with one would see its connection break. `fault` is
    the name of the fault in the script, `how` what became of the connection."""

    def __init__(self, fault: str, how: Break) -> None:
        super().__init__(f"the rehearsal broke the connection: {fault}")
        self.fault = fault
        self.how = how


async def break_connection(scope: Scope, receive: Receive, fault: str, how: Break) -> None:
    """Break the connection. Nothing may be sent after this; with a socket it returns when the
    connection is gone."""
    extensions = scope["extensions"]
    if CUT not in extensions:
        extensions[_BROKEN] = BrokenConnection(fault, how)
        return
    wire: Breakable = extensions[CUT]
    try:
        wire.cut(how)
        while not wire.gone():  # without reading on: who stalls may leave a body where it is
            await asyncio.sleep(POLL_SECONDS)
    except asyncio.CancelledError:  # the server stops
        wire.cut(Break.DROP)
        raise
    while (await receive())["type"] != "http.disconnect":
        pass


class ConnectionLayer:
    """The outermost layer of the app. It awaits `before` ahead of every request."""

    def __init__(self, app: ASGIApp, before: Callable[[], Awaitable[None]]) -> None:
        self._app = app
        self._before = before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        extensions = scope.setdefault("extensions", {})
        if scope["type"] == "http":
            await self._before()
        await self._app(scope, receive, send)
        if _BROKEN in extensions:
            raise extensions[_BROKEN]
