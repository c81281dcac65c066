from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from crossover.rehearsal.app import make_app
from crossover.rehearsal.store import Store

from .makers import Practice

PORT = 4711
NOW = 1_790_000_000_000


class Direct(httpx.BaseTransport):
    """Hands requests to the app without a socket. (Starlette's own test client wants httpx2.)"""

    def __init__(self, transport: httpx.ASGITransport) -> None:
        self._transport = transport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def answer() -> httpx.Response:
            response = await self._transport.handle_async_request(request)
            return httpx.Response(
                response.status_code, headers=response.headers, content=await response.aread()
            )

        return asyncio.run(answer())


@pytest.fixture
def clock() -> list[int]:
    """Milliseconds; a test may turn it."""
    return [NOW]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    folder.mkdir()
    store = Store(folder)
    yield store
    store.close()


@pytest.fixture
def practice(store: Store, folder: Path, clock: list[int]) -> Iterator[Practice]:
    app = make_app(store, folder, port=PORT, now=lambda: clock[0])
    transport = Direct(httpx.ASGITransport(app))
    with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{PORT}") as http:
        yield Practice(http, PORT)
