"""The flags with which a command comes to the same place."""

from __future__ import annotations

import shlex
from pathlib import Path


def again_flags(workspace: Path | None, rehearsal: Path | None = None) -> str:
    """The flags with which the next command comes to the same place."""
    given = (("-w", workspace), ("--rehearsal", rehearsal))
    return "".join(f" {flag} {shlex.quote(str(path))}" for flag, path in given if path)
