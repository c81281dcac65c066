"""The standard streams, also where one is closed or leads to a full disk."""

from __future__ import annotations

import io
import os
import sys
from typing import Any


def prepare_streams() -> None:
    """Lead a stream that was closed (`>&-`) nowhere, instead of into the next file opened; and let
    no run end because a person cannot be told."""
    while (fd := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(fd, True)
    os.close(fd)
    writes_otherwise = os.name == "nt" and sys.stderr is not None and sys.stderr.isatty()
    if sys.stderr is sys.__stderr__ and not writes_otherwise:
        encoding = sys.stderr.encoding if sys.stderr else "utf-8"
        out = io.BufferedWriter(_Stderr(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(out, encoding, "backslashreplace", line_buffering=True)


class _Stderr(io.FileIO):
    """Drops what cannot be written. That nobody reads any more (`2>&1 | head`) still ends a run."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError:
            return len(data)
