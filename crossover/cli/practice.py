"""Starts the rehearsal, the local stand-in for RedNote, as a child process of the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from crossover.errors import Busy, CrossoverError, UsageProblem

_READY_SECONDS = 30
_LEAVE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A running stand-in: its port on 127.0.0.1, and the page it leaves behind."""

    port: int
    profile: Path


@contextmanager
def running_rehearsal(folder: Path, faults: Path | None = None) -> Iterator[Rehearsal]:
    """The stand-in on the practice account in `folder`. It ends when this process does, however
    that happens: its standard input closes."""
    folder.mkdir(parents=True, exist_ok=True)
    command = rehearsal_command("serve", "--embedded", "--data", str(folder.resolve()))
    if faults is not None:
        command += ["--faults", str(faults.resolve())]
    log_path = folder / "server.log"
    with log_path.open("wb") as log_file:
        # Its own process group: Ctrl-C is for the command, which then ends the server.
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log_file, **_own_group()
        )
    try:
        ready = _ready_line(process)
        if ready is None:
            raise _did_not_start(process, log_path)
        yield Rehearsal(port=ready["port"], profile=Path(ready["profile"]))
    finally:
        _end(process)


def rehearsal_command(*arguments: str) -> list[str]:
    """The command line of the stand-in, a program of its own."""
    return [sys.executable, "-m", "crossover.rehearsal", *arguments]


def _own_group() -> dict[str, Any]:
    if os.name == "nt":
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    return {"start_new_session": True}


def _ready_line(process: subprocess.Popen[bytes]) -> dict[str, Any] | None:
    lines: list[bytes] = []

    def read(pipe: IO[bytes]) -> None:
        lines.append(pipe.readline())

    assert process.stdout is not None  # noqa: S101  asked for above
    reader = threading.Thread(target=read, args=(process.stdout,), daemon=True)
    reader.start()
    reader.join(_READY_SECONDS)
    return json.loads(lines[0]) if lines and lines[0] else None


def _did_not_start(process: subprocess.Popen[bytes], log_path: Path) -> CrossoverError:
    try:
        code = process.wait(5)
    except subprocess.TimeoutExpired:
        code = 1
    lines = log_path.read_text("utf-8", "replace").strip().splitlines()
    said = lines[-1] if lines else "it said nothing"
    if code == Busy.exit_code:
        return Busy(f"The practice account is in use: {said}", next="End the other run first.")
    if code == UsageProblem.exit_code:
        return UsageProblem(said, next="Correct the file named with --faults.")
    return CrossoverError(f"The rehearsal did not start: {said}", next=f"More in {log_path}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(_LEAVE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
