"""Start the practice account, a local stand-in for RedNote, as a child process."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from crossover.errors import (
    Busy,
    CrossoverError,
    RetryLater,
    UsageProblem,
)
from crossover.runtime.child_process import module_command, start
from crossover.storage.atomic import make_private
from crossover.storage.os_errors import explain_os_error
from crossover.text import one_line

_SILENT_SECONDS = 2
_READY_SECONDS = 30
_LEAVE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A running stand-in: its port on 127.0.0.1, and the page it leaves behind."""

    port: int
    profile: Path


@contextmanager
def running_rehearsal(
    folder: Path,
    faults: Path | None = None,
    *,
    name: str | None = None,
    waiting: Callable[[str], None] = lambda _: None,
) -> Iterator[Rehearsal]:
    """Run the stand-in on the practice account in `folder`. It ends when this process does, however
    that happens: its standard input closes. `name` is whose its profile page is; `waiting` is told
    its last words when it is slow to start.

    Raises `Busy`, `UsageProblem` (faults) or `RetryLater` where it does not start, and `RetryLater`
    when it is gone in the middle.
    """
    command = rehearsal_command("serve", "--embedded", "--data", str(folder.resolve()))
    if name:
        command.append(f"--name={one_line(name)}")
    if faults is not None:
        command += ["--faults", str(faults.resolve())]
    log_path = folder / "server.log"
    process = _start(command, log_path)
    try:
        ready = _ready_line(process, log_path, waiting)
        if ready is None:
            raise _did_not_start(process, log_path, faults)
        try:
            yield ready
        except RetryLater as exc:
            if process.poll() is None:
                raise
            raise RetryLater(
                "The practice account stopped.",
                next="Run the same command again; it goes on where it was.",
            ) from exc
    finally:
        _end(process)


def is_practice_account(folder: Path) -> bool:
    """Whether the stand-in ever ran on `folder`: the file it keeps there for good says so. A ledger
    without it is a real account's, or nobody's. Raises `UsageProblem` where it may not be read."""
    try:
        document = json.loads((folder / "server.json").read_text("utf-8"))
        return bool(document["format"] == "crossover-rehearsal/server")
    except PermissionError as exc:
        raise explain_os_error(exc, folder, reading=True) from exc
    except (OSError, ValueError, TypeError, LookupError, RecursionError):
        return False


def check_folder(folder: Path) -> None:
    """Refuse a folder that a practice account would write over. Raises `UsageProblem`."""
    names = ("server.json", "profile.html")
    try:
        taken = [name for name in names if (folder / name).exists()]
        ours = not taken or (folder / "store.sqlite3").exists() or is_practice_account(folder)
    except OSError as exc:
        raise explain_os_error(exc, folder) from exc
    if not ours:
        raise UsageProblem(
            f"{folder} is not the folder of a practice account, and holds {' and '.join(taken)}.",
            next="Name another folder, or move that away.",
        )


def _start(command: list[str], log_path: Path) -> subprocess.Popen[bytes]:
    try:
        log_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log_path.open("wb") as log_file:
            make_private(log_path)
            return start(command, stdout=subprocess.PIPE, stderr=log_file)
    except OSError as exc:
        raise explain_os_error(exc, log_path) from exc


def rehearsal_command(*arguments: str) -> list[str]:
    """The command line of the stand-in, a program of its own."""
    return module_command("crossover.rehearsal", *arguments)


def _ready_line(
    process: subprocess.Popen[bytes], log_path: Path, waiting: Callable[[str], None]
) -> Rehearsal | None:
    lines: list[bytes] = []

    def read(pipe: IO[bytes]) -> None:
        lines.append(pipe.readline())

    assert process.stdout is not None  # noqa: S101  asked for above
    reader = threading.Thread(target=read, args=(process.stdout,), daemon=True)
    reader.start()
    reader.join(_SILENT_SECONDS)
    if reader.is_alive():
        waiting(_last_words(log_path) or "it is starting")
        reader.join(_READY_SECONDS)
    try:
        ready = json.loads(lines[0])
        return Rehearsal(port=int(ready["port"]), profile=Path(ready["profile"]))
    except (ValueError, TypeError, LookupError):
        return None  # silence, or something else than its first line


def _last_words(log_path: Path) -> str:
    try:
        lines = log_path.read_text("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].removeprefix("Error: ") if lines else ""


def _did_not_start(
    process: subprocess.Popen[bytes], log_path: Path, faults: Path | None
) -> CrossoverError:
    try:
        code = process.wait(5)
    except subprocess.TimeoutExpired:
        code = None
    last_words = _last_words(log_path)
    if code is None or code < 0 or not last_words:  # too slow, or killed
        return RetryLater(
            "The practice account ended before it was ready.",
            next=f"Run the same command again; nothing was lost. What it said is in {log_path}",
        )
    if code == Busy.exit_code:
        return Busy(
            f"The practice account is in use: {last_words}", next="End the other run first."
        )
    if code == UsageProblem.exit_code:
        check = "Check who owns it." if faults is None else "Correct the file named with --faults."
        return UsageProblem(last_words, next=check)
    if code == RetryLater.exit_code:
        return RetryLater(
            f"The practice account could not start. {last_words}",
            next="Free some space and run the same command again; nothing was lost.",
        )
    return CrossoverError(
        f"The practice account could not start: {last_words}", next=f"More in {log_path}"
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(_LEAVE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
