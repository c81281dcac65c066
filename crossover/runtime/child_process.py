"""What every child process of crossover is started with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PACKAGE_HOME = Path(__file__).resolve().parents[2]


def child_environment() -> dict[str, str]:
    """The environment of a child process that has to find this package, wherever it lies."""
    path = (str(PACKAGE_HOME), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}


def own_group() -> dict[str, Any]:
    """Arguments of `Popen` that give the child a process group of its own: Ctrl-C in the terminal
    is for the parent, which ends the child in its own time."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
