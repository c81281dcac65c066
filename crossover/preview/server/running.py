"""preview-server.json: where the page of a workspace is served, while it is. It has the key, and is for
its owner alone."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossover.errors import CrossoverError
from crossover.storage.documents import read_document, write_document

HOST = "127.0.0.1"
_NAME, _VERSION = "preview-server", 1
_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server on this computer. `token` is its key."""

    port: int
    pid: int
    token: str

    @property
    def address(self) -> str:
        """What a browser opens. The key stands behind the `#`, which browsers send nowhere."""
        return f"http://{HOST}:{self.port}/#key={self.token}"


def write_running(server: RunningServer, path: Path) -> None:
    """Tell others where the server is. Raises what `write_document` raises."""
    write_document(path, _NAME, _VERSION, server, lasting=False)


def forget_running(path: Path) -> None:
    """Tell nobody any more, also of a server that was killed."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def this_server(port: int, token: str) -> RunningServer:
    """The server of this process."""
    return RunningServer(port, os.getpid(), token)


def await_running(path: Path, seconds: float) -> RunningServer | None:
    """Find the server that holds the lock of its workspace; one that is still starting is waited for
    so long. None where it did not tell."""
    until = time.monotonic() + seconds
    while True:
        with suppress(CrossoverError):
            return read_document(path, _NAME, _VERSION, RunningServer)
        if time.monotonic() > until:
            return None
        time.sleep(_POLL_SECONDS)
