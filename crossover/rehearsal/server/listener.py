"""The port of a folder's server, which stays the same from one start to the next."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

from crossover.rehearsal.server.folder_lock import Busy
from crossover.rehearsal.store.disk import replace_text

HOST = "127.0.0.1"
PORT_FILE, PORT_FORMAT = "server.json", "crossover-rehearsal/server"


def open_listener(folder: Path, wanted: int | None) -> socket.socket:
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
