"""One run at a time: an operating system lock on a folder."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from crossover.errors import Busy
from crossover.storage.atomic import make_private_folder, sweep_temp, write_atomic
from crossover.storage.documents import utc_text
from crossover.storage.os_errors import explain_os_error


@contextmanager
def hold_lock(
    folder: Path, what: str, command: str, *, below: Collection[str] = ()
) -> Iterator[None]:
    """Hold `folder` for this process: an operating system lock, so a killed run frees it.

    It covers the files of the folder, and all of its folders `below`: there the half-made files of
    killed runs are removed. Raises `Busy`, naming the run that holds it. `what` is how the folder
    is called there. A folder that has to be made is for its owner alone, and so is an empty one.
    """
    import filelock  # slow to load, and what only looks takes no lock

    lock = filelock.FileLock(folder / "lock", timeout=0, mode=0o600)
    holder = folder / "lock.json"
    try:
        _make_private(folder)
        lock.acquire()
    except filelock.Timeout as exc:
        raise Busy(
            f"Another run holds {what} ({folder}): {_describe_holder(holder)}.",
            next="Let it finish, or stop it with Ctrl-C in its window; then run this again.",
        ) from exc
    except OSError as exc:
        raise explain_os_error(exc, folder) from exc
    try:
        try:
            sweep_temp(folder, below)
        except OSError as exc:
            raise explain_os_error(exc, folder) from exc
        since = utc_text(datetime.now(UTC))
        who = {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "since": since}
        write_atomic(holder, json.dumps(who).encode())
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


@contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Hold the lock file at `path` for this process unless another one does, and tell which. A
    killed process frees it. Raises what `explain_os_error` makes of an `OSError`."""
    import filelock  # as above

    lock = filelock.FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        yield False
        return
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    try:
        yield True
    finally:
        lock.release()


def read_holder(folder: Path) -> str | None:
    """Tell which run holds `folder` now, as within a sentence; None where none does. Changes
    nothing, and takes the lock for a moment where a run may have been killed."""
    import filelock  # as above

    holder = folder / "lock.json"
    if not holder.exists() or not (folder / "lock").exists():
        return None
    lock = filelock.FileLock(folder / "lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        return _describe_holder(holder)
    except OSError:
        return None
    lock.release()
    return None


def foreign_lock_files(folder: Path) -> list[Path]:
    """Find the files of `folder` under the names of a lock that are somebody else's."""
    lock, holder = folder / "lock", folder / "lock.json"
    found = [lock] if lock.exists() and lock.stat().st_size else []
    if holder.exists() and b'"pid"' not in holder.read_bytes()[:1024]:
        found.append(holder)
    return found


def _make_private(folder: Path) -> None:
    make_private_folder(folder)
    if not any(folder.iterdir()):
        with suppress(OSError):  # a disk without modes
            folder.chmod(0o700)


def _describe_holder(path: Path) -> str:
    # The holder may be between taking the lock and writing its name.
    for _ in range(20):
        try:
            who = json.loads(path.read_text("utf-8"))
            return (
                f"`{who['command']}`, process {who['pid']} on {who['host']}, since {who['since']}"
            )
        except (OSError, ValueError, KeyError, TypeError):
            time.sleep(0.05)
    return "its name could not be read"
