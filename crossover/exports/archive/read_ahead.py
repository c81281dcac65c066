"""Blocks made in a thread while the former ones are worked on."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor

DEPTH = 2
"""Blocks under way. With one, the thread would wait for the caller before it begins the next."""


def read_ahead(blocks: Iterator[bytes]) -> Generator[bytes, None, None]:
    """The same blocks, and what making them raises, at its place. The thread has ended when this
    iterator has: exhausted, failed or closed; whoever wants the first block alone starts none.

    Gains time where making a block is mostly one call that leaves the interpreter to others.
    """
    if not (first := next(blocks, b"")):
        return
    yield first
    with ThreadPoolExecutor(1, "read-ahead") as thread:
        ahead = deque(thread.submit(next, blocks, b"") for _ in range(DEPTH))
        while block := ahead.popleft().result():
            ahead.append(thread.submit(next, blocks, b""))
            yield block
