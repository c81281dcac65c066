"""Runs the server: one per folder, on a port that stays the same, ended by its parent or Ctrl-C."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import struct
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.profile.page import write_profile
from crossover.rehearsal.server.app import build_app
from crossover.rehearsal.server.connection import CUT, Break, Breakable
from crossover.rehearsal.server.folder_lock import hold_folder
from crossover.rehearsal.server.listener import HOST, open_listener
from crossover.rehearsal.visible import tell

TAKEOVER_SECONDS = 15.0  # the server of a parent that was killed may still be ending
LAST_CALLS_SECONDS = 2


def serve(
    folder: Path,
    *,
    port: int | None,
    script: Script,
    embedded: bool,
    keep_media: bool,
    name: str = "",
    leashed: bool = False,
    allow_upload_cookies: bool = False,
    editor: Path | None = None,
) -> None:
    """Serve until told to end. Everything received is on disk before it is answered, so being
    killed at any moment loses nothing that was acknowledged. Raises `Busy`, `StoreProblem` and
    `OSError`."""
    ended = threading.Event()
    if embedded or leashed:
        threading.Thread(target=_watch_parent, args=(ended,), daemon=True).start()
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    with hold_folder(folder, TAKEOVER_SECONDS if embedded else 0.0, ended):
        if ended.is_set():
            return
        listener = open_listener(folder, port)
        port = listener.getsockname()[1]
        sandbox = build_app(
            folder,
            script,
            port=port,
            keep_media=keep_media,
            allow_upload_cookies=allow_upload_cookies,
            editor=editor,
        )
        try:
            if name:
                sandbox.store.set_name(name)
            page = write_profile(folder, sandbox.store.notes(), sandbox.store.name())
            config = uvicorn.Config(
                sandbox.app,
                http=BreakableProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=LAST_CALLS_SECONDS,
            )
            ready = _tell_parent if embedded else _tell_person
            server = Server(
                config,
                ended,
                lambda: ready(port, folder, page),
                sandbox.run_due,
                ignore_interrupts=embedded,
            )
            server.run(sockets=[listener])
            asyncio.run(sandbox.finish())
            write_profile(folder, sandbox.store.notes(), sandbox.store.name())
        finally:
            sandbox.close()
            listener.close()


class Server(uvicorn.Server):
    """uvicorn, ended by an event or a signal, without repeating the signal to itself afterwards."""

    def __init__(
        self,
        config: uvicorn.Config,
        ended: threading.Event,
        ready: Callable[[], None],
        on_idle: Callable[[], Awaitable[None]],
        *,
        ignore_interrupts: bool,
    ) -> None:
        super().__init__(config)
        self._ended = ended
        self._ready = ready
        self._on_idle = on_idle
        self._ignore_interrupts = ignore_interrupts

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def on_tick(self, counter: int) -> bool:
        await self._on_idle()
        return await super().on_tick(counter) or self._ended.is_set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        signal.signal(
            signal.SIGINT, signal.SIG_IGN if self._ignore_interrupts else self.handle_exit
        )
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self.handle_exit)
        yield


class BreakableProtocol(H11Protocol):
    """Offers each request a way to break its connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app = _add_breakable(self.app, BreakableSocket(transport))


class BreakableSocket:
    """Breaks a connection through its transport."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

    def cut(self, how: Break) -> None:
        match how:
            case Break.RESET:
                # Nothing waits to be sent any more: closing tells the peer by a reset.
                wire = self._transport.get_extra_info("socket")
                zero = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, zero)
                self._transport.abort()
            case Break.DROP:
                self._transport.abort()
            case Break.CLOSE:
                self._transport.close()
            case Break.STALL:
                pass

    def gone(self) -> bool:
        return self._transport.is_closing()


def _add_breakable(app: ASGIApp, wire: Breakable) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[CUT] = wire
        await app(scope, receive, send)

    return wrapped


def _watch_parent(ended: threading.Event) -> None:
    """Set `ended` when stdin ends, which it does with the parent."""
    try:
        # Not sys.stdin: its lock, held by this thread, would trouble the interpreter at exit.
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    ended.set()


def _tell_parent(port: int, folder: Path, page: Path) -> None:
    line = {"port": port, "pid": os.getpid(), "data": str(folder), "profile": str(page)}
    try:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
    except OSError:
        pass  # the parent is gone; its end of stdin says so too


def _tell_person(port: int, folder: Path, page: Path) -> None:
    tell(
        f"Practice account: http://{HOST}:{port}/",
        f"To publish by hand: http://{HOST}:{port}/publish/publish",
        f"Kept in {folder}; the page stays there as {page.name}.",
        "Nothing leaves this computer. Ctrl-C ends it.",
    )
