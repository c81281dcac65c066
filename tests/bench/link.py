"""A slow line on loopback, in a process of its own: `python -m tests.bench.link TO_PORT MBIT MS`
prints its port and serves until its standard input ends.

All connections share one direction's `MBIT` Mbit/s towards the host; everything is half of `MS` on
its way each way, and a new connection says nothing for one round trip, as its handshake would
take. What is not made: TCP's slow start and losses.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading

CHUNK = 16 * 1024
CREDIT_SECONDS = 0.01
"""How late a sleep may end without costing the line anything."""


class Line:
    """What of the line's time is given away already."""

    def __init__(self, bytes_a_second: float) -> None:
        self._rate = bytes_a_second
        self._next = 0.0

    async def carry(self, count: int) -> float:
        """Wait until `count` bytes are on the line; when the last of them was."""
        now = asyncio.get_running_loop().time()
        self._next = max(self._next, now - CREDIT_SECONDS) + count / self._rate
        until = self._next
        await asyncio.sleep(until - now)
        return until


class Link:
    def __init__(self, to_port: int, bytes_a_second: float, round_trip: float) -> None:
        self._to = to_port
        self._up = Line(bytes_a_second)
        self._round_trip = round_trip

    async def serve(self) -> asyncio.Server:
        listener = socket.socket()
        # Small, so that a client cannot put megabytes onto a line that carries far less.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        listener.bind(("127.0.0.1", 0))
        return await asyncio.start_server(self._join, sock=listener, limit=CHUNK, backlog=64)

    async def _join(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self._round_trip)
        far, onward = await asyncio.open_connection("127.0.0.1", self._to)
        ways = (
            asyncio.create_task(self._way(near, onward, self._up)),
            asyncio.create_task(self._way(far, back, None)),
        )
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(*ways)
        for writer in (onward, back):
            writer.close()

    async def _way(
        self, source: asyncio.StreamReader, goal: asyncio.StreamWriter, line: Line | None
    ) -> None:
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def arrive() -> None:
            while True:
                due, block = await under_way.get()
                await asyncio.sleep(due - loop.time())
                if not block:
                    if goal.can_write_eof():
                        goal.write_eof()
                    return
                goal.write(block)
                await goal.drain()

        arriving = asyncio.create_task(arrive())
        while block := await source.read(CHUNK):
            left = await line.carry(len(block)) if line else loop.time()
            under_way.put_nowait((left + self._round_trip / 2, block))
        under_way.put_nowait((loop.time() + self._round_trip / 2, b""))
        await arriving


async def _serve(to_port: int, mbit: float, milliseconds: float) -> None:
    server = await Link(to_port, mbit * 1e6 / 8, milliseconds / 1000).serve()
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    over = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait_for_end() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(over.set)

    threading.Thread(target=wait_for_end, daemon=True).start()
    await over.wait()
    server.close()


def main() -> None:
    to_port, mbit, milliseconds = sys.argv[1:]
    asyncio.run(_serve(int(to_port), float(mbit), float(milliseconds)))


if __name__ == "__main__":
    main()
