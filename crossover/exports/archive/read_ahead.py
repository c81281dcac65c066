"""Reads blocks in a thread while the former ones are worked on."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor

DEPTH = 2
"""Blocks read ahead. With one, the thread would wait for the caller before it begins the next."""


def read_ahead(blocks: Iterator[bytes]) -> Generator[bytes, None, None]:
    """Yield the same blocks; an error in making one is raised at its place. The thread ends with
    this iterator: exhausted, failed or closed. A caller that takes only the first block starts
    none.

    Gains time where making a block is mostly one call that releases the interpreter lock.
    """
    if not (first := next(blocks, b"")):
        return
    yield first
    with ThreadPoolExecutor(1, "read-ahead") as thread:
        ahead = deque(thread.submit(next, blocks, b"") for _ in range(DEPTH))
        while block := ahead.popleft().result():
            ahead.append(thread.submit(next, blocks, b""))
            yield block
