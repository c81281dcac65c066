"""Breaking the line under a call.

A server that has a socket offers `CUT` in a request's ASGI extensions. Without one (in a test that
calls the app directly) `Line`, which is outermost, raises `Broken` in place of an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

CUT = "crossover.rehearsal.cut"
GLANCE = 0.02
_BROKEN = "crossover.rehearsal.broken"


class How(Enum):
    """What becomes of the connection."""

    RESET = "reset"  # at once, and the peer is told that something is wrong
    DROP = "drop"  # at once
    CLOSE = "close"  # after what was sent
    STALL = "stall"  # nothing at all, it stays open


class Wire(Protocol):
    """What a server with a socket offers under `CUT`. `STALL` needs nothing done."""

    def cut(self, how: How) -> None: ...

    def gone(self) -> bool: ...


class Broken(Exception):
    """In process: where a caller with a socket would have seen its connection break. `fault` is the
    name of the fault in the script, `how` what became of the connection."""

    def __init__(self, fault: str, how: How) -> None:
        super().__init__(f"the rehearsal broke the connection: {fault}")
        self.fault = fault
        self.how = how


async def break_off(scope: Scope, receive: Receive, fault: str, how: How) -> None:
    """Nothing may be sent after this. With a socket it returns when the connection is gone."""
    extensions = scope["extensions"]
    if CUT not in extensions:
        extensions[_BROKEN] = Broken(fault, how)
        return
    wire: Wire = extensions[CUT]
    try:
        wire.cut(how)
        while not wire.gone():  # without reading on: who stalls may leave a body where it is
            await asyncio.sleep(GLANCE)
    except asyncio.CancelledError:  # the server stops
        wire.cut(How.DROP)
        raise
    while (await receive())["type"] != "http.disconnect":
        pass


class Line:
    """The outermost layer of the app. What `before` does is done ahead of every request."""

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
