"""Files that survive a crash: atomic writes, versioned documents, locks, sums."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import filelock
import msgspec

from crossover.errors import Busy, CrossoverError, RetryLater, UsageProblem

T = TypeVar("T")

BLOCK = 256 * 1024
"""Bytes read at a time; no file is ever held whole."""

_TEMP_MARK = ".crossover-tmp-"


def write_atomic(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write all of `data` or nothing, and keep it over a power cut.

    `private` files are made 0600. Raises `RetryLater` on a full disk and `UsageProblem` where
    writing is not allowed; the former content is untouched then.
    """
    temp = temp_beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(
            temp,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
            0o600 if private else 0o644,
        )
        with os.fdopen(fd, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temp.replace(path)
        sync_folder(path.parent)
    except OSError as exc:
        with suppress(OSError):  # the disk that refused the file may refuse this too
            temp.unlink(missing_ok=True)
        raise explain_os_error(exc, path) from exc


def append_line(path: Path, line: str, *, lasting: bool, private: bool = False) -> None:
    """Add `line` to a file of lines, which outlives this process at once, and a power cut when it
    is to be `lasting`. It begins on a line of its own even where a crash tore the one before.

    `private` files are made 0600. Raises like `write_atomic`; the line may then be there in part.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    try:
        fd = os.open(path, flags, 0o600 if private else 0o644)
        with os.fdopen(fd, "wb") as out:
            out.write(b"\n" + line.encode())
            out.flush()
            if lasting:
                os.fsync(out.fileno())
        if lasting:
            sync_folder(path.parent)  # the file may be new, by this line or one before it
    except OSError as exc:
        raise explain_os_error(exc, path) from exc


def temp_beside(path: Path) -> Path:
    """A name in the same folder for a file in the making; `sweep_temp` removes what a crash left."""
    return path.with_name(f"{_TEMP_MARK}{secrets.token_hex(6)}{path.suffix}")


def sweep_temp(folder: Path) -> None:
    """Remove half-made files that a killed run left below `folder`. Call it under the lock."""
    for temp in folder.rglob(f"{_TEMP_MARK}*"):
        temp.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename last over a power cut, where the system can."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


_NO_SUCH_PLACE = (
    errno.EEXIST,
    errno.EISDIR,
    errno.ELOOP,
    errno.ENAMETOOLONG,
    errno.ENOTDIR,
)


def explain_os_error(exc: OSError, path: Path, *, reading: bool = False) -> CrossoverError:
    """The one sentence that helps, for an operating system error about `path`: a place that
    crossover writes to, or with `reading` what the creator gave it."""
    if exc.errno in (errno.ENOSPC, errno.EDQUOT):
        return RetryLater(
            f"The disk is full: {path} could not be written.",
            next="Free some space and run the same command again; nothing was lost.",
        )
    if exc.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UsageProblem(
            f"{path} may not be opened: {exc.strerror}.",
            next="Check who owns it."
            if reading
            else "Check who owns it, or choose another folder with -w DIR.",
        )
    if exc.errno in _NO_SUCH_PLACE and reading:
        return UsageProblem(f"{path} cannot be read: {exc.strerror}.", next="Check the name.")
    if exc.errno in _NO_SUCH_PLACE:
        return UsageProblem(
            f"{path} cannot be a file or folder of crossover: {exc.strerror}.",
            next="Choose another folder with -w DIR.",
        )
    return CrossoverError(f"{path}: {exc.strerror or exc}.")


# --- documents ------------------------------------------------------------------------------


def write_document(
    path: Path, name: str, version: int, value: Any, *, private: bool = False
) -> None:
    """Write `value` as JSON with its format's name and version in front."""
    body = msgspec.to_builtins(value)
    document = {"format": f"crossover/{name}", "version": version, **body}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    write_atomic(path, text.encode("utf-8", "surrogatepass") + b"\n", private=private)


def read_document(path: Path, name: str, version: int, kind: type[T]) -> T:
    """Read what `write_document` wrote. A newer version, another format or damage is an error
    that says so: a broken state file is never taken for an empty one."""
    try:
        raw = msgspec.json.decode(path.read_bytes())
        found = raw.get("format"), raw.get("version")
    except (msgspec.DecodeError, UnicodeDecodeError, AttributeError) as exc:
        raise _damaged(path, str(exc)) from exc
    except OSError as exc:
        raise explain_os_error(exc, path) from exc
    if found[0] != f"crossover/{name}":
        raise _damaged(path, f"its format is {found[0]!r}")
    if not isinstance(found[1], int) or found[1] > version:
        raise CrossoverError(
            f"{path} was written by a newer crossover (version {found[1]} of its format).",
            next="Update crossover, then run the command again.",
        )
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as exc:
        raise _damaged(path, str(exc)) from exc


def _damaged(path: Path, detail: str) -> CrossoverError:
    return CrossoverError(
        f"{path} is damaged ({detail}).",
        next="Put back a copy of it if you have one; crossover will not guess what it held.",
    )


def from_builtins(value: Any, kind: type[T]) -> T:
    """A typed value out of decoded JSON. Raises `ValueError` where the shape is another."""
    return msgspec.convert(value, kind)


def to_json(value: Any) -> str:
    """One JSON document in plain ASCII: parses everywhere, and no letter of it can steer a
    terminal."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, indent=1)


def to_json_line(value: Any) -> str:
    """As `to_json`, on one line."""
    return json.dumps(msgspec.to_builtins(value), ensure_ascii=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """sha256 (hex) of a value's canonical JSON: same value, same digest, on every machine."""
    text = json.dumps(
        msgspec.to_builtins(value), ensure_ascii=True, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_file(path: Path) -> str:
    """sha256 (hex) of a file, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def utc_text(moment: datetime) -> str:
    """ISO 8601 in UTC with `Z`, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- locks ----------------------------------------------------------------------------------


@contextmanager
def only_one(folder: Path, what: str, command: str) -> Iterator[None]:
    """Hold `folder` for this process: an operating system lock, so a killed run frees it.

    Raises `Busy`, naming the run that holds it. `what` is how the folder is called there. A
    folder that has to be made is for its owner alone.
    """
    lock = filelock.FileLock(folder / "lock", timeout=0)
    holder = folder / "lock.json"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout as exc:
        raise Busy(
            f"Another run holds {what} ({folder}): {_holder(holder)}.",
            next="Let it finish, or stop it with Ctrl-C in its window; then run this again.",
        ) from exc
    except OSError as exc:
        raise explain_os_error(exc, folder) from exc
    try:
        try:
            sweep_temp(folder)
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


def _holder(path: Path) -> str:
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
