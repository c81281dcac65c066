"""One server for each folder."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from crossover.rehearsal.store.disk import replace_text
from crossover.rehearsal.visible import tell

HOLDER_FILE = "server-run.json"


class Busy(Exception):
    """Another process holds the folder or the port. The message, and `next` what to do, are for
    people."""

    def __init__(self, message: str, *, next: str = "") -> None:  # noqa: A002  the field's name
        super().__init__(message)
        self.next = next


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
