"""Serves the page: one server for each workspace, on loopback, until somebody ends it, nobody uses it or
the terminal is gone."""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from types import FrameType

import uvicorn

from crossover.errors import Busy, UsageProblem
from crossover.preview.server.app import PreviewApp
from crossover.preview.server.guard import make_keys
from crossover.preview.server.running import (
    HOST,
    RunningServer,
    forget_running,
    this_server,
    write_running,
)
from crossover.preview.server.session import EditingSession

LAST_CALLS_SECONDS = 2
_TERMINAL_TICKS = 10
"""Tenths of a second between two looks whether the terminal is there."""


class End(StrEnum):
    """Why a server ended: by Ctrl-C, the page's own button, the idle time, or because the system or
    the terminal wants it."""

    ASKED = "asked"
    DONE = "done"
    IDLE = "idle"
    TOLD = "told"


def serve(
    session: EditingSession,
    *,
    port: int | None,
    idle_seconds: float,
    ready: Callable[[RunningServer], None],
    signals: Collection[signal.Signals],
) -> End:
    """Serve a session that was loaded, until it ends; `ready` hears where it is. `signals` are those
    that end it: of SIGINT, it is as its user wants. The caller holds the lock of the server. Raises
    `Busy` for a port that is taken, and what `write_running` raises."""
    gc.freeze()  # to look for garbage among thousands of notes takes longer than to change one
    path, keys, listener = session.workspace.preview_server, make_keys(), _listen(port)
    app: PreviewApp | None = None
    try:
        here = this_server(listener.getsockname()[1], keys.token)
        ends: list[End] = []
        app = PreviewApp(session, keys, lambda: ends.append(End.DONE))
        config = uvicorn.Config(
            app.build(here.port),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=LAST_CALLS_SECONDS,
        )
        write_running(here, path)
        server = PreviewServer(config, app, ends, idle_seconds, signals, lambda: ready(here))
        server.run(sockets=[listener])
        return ends[0] if ends else End.TOLD
    finally:
        listener.close()
        if app is not None:
            app.close()
        forget_running(path)


class PreviewServer(uvicorn.Server):
    """uvicorn, ended by what `ends` says first."""

    def __init__(
        self,
        config: uvicorn.Config,
        app: PreviewApp,
        ends: list[End],
        idle_seconds: float,
        signals: Collection[signal.Signals],
        ready: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self._app = app
        self._ends = ends
        self._idle_seconds = idle_seconds
        self._signals = signals
        self._ready = ready
        self._parent = os.getppid()
        self._hangs_up = getattr(signal, "SIGHUP", None) in signals

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        if time.monotonic() - self._app.used_at > self._idle_seconds:
            self._ends.append(End.IDLE)
        if self._hangs_up and counter % _TERMINAL_TICKS == 0 and self._is_left():
            self._ends.append(End.TOLD)
        return await super().on_tick(counter) or bool(self._ends)

    def _is_left(self) -> bool:
        """Whether the process that started this one is gone, or what it reads from is: the terminal,
        or a pipe."""
        return os.getppid() != self._parent or is_hung_up(0)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        def end(number: int, _: FrameType | None) -> None:
            self._ends.append(End.ASKED if number == signal.SIGINT else End.TOLD)

        former = {number: signal.signal(number, end) for number in self._signals}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def is_hung_up(stream: int) -> bool:
    """Whether the other end of a terminal or a pipe is gone, without reading of it. A stream that was
    never there hangs up nothing."""
    if not hasattr(select, "poll"):
        return False
    look = select.poll()
    look.register(stream, 0)
    return any(what & (select.POLLHUP | select.POLLERR) for _, what in look.poll(0))


def _listen(port: int | None) -> socket.socket:
    # asyncio turns off Nagle's delay only for sockets that name their protocol; with it every answer
    # on a kept connection takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this option would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port or 0))
        listener.listen(64)
    except PermissionError as exc:
        listener.close()
        raise UsageProblem(
            f"Port {port} may not be used here.", next="Leave --port out, or choose another."
        ) from exc
    except OSError as exc:
        listener.close()
        raise Busy(
            f"Port {port} is taken by another program." if port else f"No free port on {HOST}.",
            next="Leave --port out, or choose another.",
        ) from exc
    return listener
