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
