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
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from filelock import FileLock, Timeout
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from crossover.rehearsal.faults.script import Script
from crossover.rehearsal.profile.page import write_profile
from crossover.rehearsal.server.app import build_app
from crossover.rehearsal.server.connection import CUT, Break, Breakable
from crossover.rehearsal.store.disk import replace_text
from crossover.rehearsal.visible import tell

HOST = "127.0.0.1"
HOLDER_FILE = "server-run.json"
PORT_FILE, PORT_FORMAT = "server.json", "crossover-rehearsal/server"
TAKEOVER_SECONDS = 15.0  # the server of a parent that was killed may still be ending
LAST_CALLS_SECONDS = 2


class Busy(Exception):
    """Another process holds the folder or the port. The message, and `next` what to do, are for
    people."""

    def __init__(self, message: str, *, next: str = "") -> None:  # noqa: A002  the field's name
        super().__init__(message)
        self.next = next


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
        listener = _open_listener(folder, port)
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


@contextmanager
def hold_folder(
    folder: Path, patience: float = 0.0, ended: threading.Event | None = None
) -> Iterator[None]:
    """Hold the folder's lock. Raises `Busy` when another server holds it for longer than `patience`
    seconds."""
    ended = ended or threading.Event()
    lock = FileLock(folder / "server.lock", mode=0o600)
    holder = folder / HOLDER_FILE
    give_up = time.monotonic() + patience
    told = False
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            if ended.is_set() or time.monotonic() >= give_up:
                raise Busy(
                    f"Another rehearsal is running on {folder}: {_describe_holder(holder)}.",
                    next="End that one first, with Ctrl-C where it runs.",
                ) from None
            if not told:
                told = True
                tell(f"another rehearsal is still running: {_describe_holder(holder)}")
            ended.wait(0.1)
    try:
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        replace_text(holder, json.dumps({"pid": os.getpid(), "since": since}) + "\n")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _describe_holder(holder: Path) -> str:
    try:
        value = json.loads(holder.read_text("utf-8"))
        since = str(value["since"])
        if since.isascii() and since.isprintable():
            return f"process {int(value['pid'])}, since {since}"
    except (OSError, ValueError, TypeError, LookupError, OverflowError):
        pass
    return "its process could not be read"


def _open_listener(folder: Path, wanted: int | None) -> socket.socket:
    """Listen on the port asked for; else on the last one, so that addresses a client noted stay
    valid; else on any. Raises `Busy`."""
    kept = _read_last_port(folder / PORT_FILE)
    listener = None
    if wanted is not None:
        listener = _bind(wanted)
        if listener is None:
            raise Busy(
                f"Port {wanted} is taken by another program.",
                next="Leave --port out, or choose another.",
            )
    elif kept is not None:
        listener = _bind(kept)
    if listener is None:
        listener = _bind(0)
    if listener is None:
        raise Busy("No free port on 127.0.0.1.")
    port = listener.getsockname()[1]
    if port != kept:
        value = {"format": PORT_FORMAT, "version": 1, "port": port}
        replace_text(folder / PORT_FILE, json.dumps(value) + "\n")
    return listener


def _read_last_port(path: Path) -> int | None:
    try:
        value = json.loads(path.read_text("utf-8"))
        if value["format"] == PORT_FORMAT and value["version"] == 1:
            port = int(value["port"])
            return port if 0 < port < 65536 else None
    except (OSError, ValueError, TypeError, LookupError, OverflowError):
        pass  # only a convenience: without it another port is taken
    return None


def _bind(port: int) -> socket.socket | None:
    # asyncio turns off Nagle's delay only for sockets that name their protocol; with it every
    # answer on a kept connection takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere this option would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(64)  # now: two sockets that only bound can hold one port
    except OSError:
        listener.close()
        return None
    return listener


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
