"""Child processes: modules of crossover, each run by an interpreter of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

_PACKAGE_HOME = Path(__file__).resolve().parents[2]

_END_SECONDS = 5

_DETACHED: list[subprocess.Popen[bytes]] = []
"""Kept, because Python warns of a child that runs on when nobody knows it any more."""


def module_command(module: str, *arguments: str) -> list[str]:
    """The command line that runs a module of this package."""
    # -P: a folder the creator stands in is no source of code.
    return [sys.executable, "-P", "-m", module, *arguments]


def start(
    command: Sequence[str],
    *,
    stdin: int = subprocess.PIPE,
    stdout: int | None = None,
    stderr: IO[bytes] | int | None = None,
    own_group: bool = True,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """Start a child that finds this package, wherever it lies. Raises `OSError`.

    `environment` is added to that of this process. With `own_group`, Ctrl-C in the terminal is for the parent alone, which ends the child in its
    own time. The child's standard input closes when the parent ends, however it does.
    """
    path = (str(_PACKAGE_HOME), os.environ.get("PYTHONPATH", ""))
    group: dict[str, Any] = {}
    if own_group and sys.platform == "win32":
        group = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    elif own_group:
        group = {"start_new_session": True}
    return subprocess.Popen(
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path)), **environment},
        **group,
    )


def start_detached(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program that outlives this process. It has no terminal: neither Ctrl-C nor the closing
    of the window reaches it, and what it says is not kept. Raises `OSError`."""
    group: dict[str, Any]
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
        group = {"creationflags": flags}
    else:
        group = {"start_new_session": True}
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **group,
    )
    _DETACHED.append(process)
    return process


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Ask a child to end, and end it where it does not within seconds."""
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_running(process_id: int) -> bool:
    """Whether a process of this user is running, also one that `start_detached` started. Not for
    Windows, where asking would end it."""
    for child in _DETACHED:
        child.poll()  # one that ended is there until it was asked
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    return True
