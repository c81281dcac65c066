"""Calls the stand-in without a socket, so that a client and its faults are tested in one process
and, with a clock that is turned by hand, without waiting.

`Direct` is a transport for `httpx.Client`. Where the stand-in breaks the connection it raises what
httpx raises at a socket.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from crossover.rehearsal.server.app import PORT, Rehearsal
from crossover.rehearsal.server.connection import Break, BrokenConnection

from .makers import Practice

SEEN_AS = {
    Break.RESET: httpx.ReadError,  # at a socket sometimes WriteError: it depends on who is quicker
    Break.DROP: httpx.RemoteProtocolError,
    Break.CLOSE: httpx.RemoteProtocolError,
    Break.STALL: httpx.ReadTimeout,  # at once: nobody waits here
}


class Direct(httpx.BaseTransport):
    """(Starlette's own test client wants httpx2.)"""

    def __init__(self, sandbox: Rehearsal) -> None:
        self._transport = httpx.ASGITransport(sandbox.app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def answer() -> httpx.Response:
            response = await self._transport.handle_async_request(request)
            return httpx.Response(
                response.status_code, headers=response.headers, content=await response.aread()
            )

        try:
            return asyncio.run(answer())
        except BrokenConnection as broken:
            raise SEEN_AS[broken.how](str(broken), request=request) from broken


@contextmanager
def in_process(sandbox: Rehearsal) -> Iterator[Practice]:
    base = f"http://127.0.0.1:{PORT}"
    with httpx.Client(transport=Direct(sandbox), base_url=base) as http:
        yield Practice(http, PORT)
