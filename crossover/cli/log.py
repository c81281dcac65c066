"""Writes one log file per run. No secret ever reaches it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent
from typing import Any

from crossover.text import safe, unbroken

log = logging.getLogger("crossover")


class _SafeFormatter(logging.Formatter):
    """One line for each record, and a traceback indented: no text in them begins a line."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left a traceback in its own form in the record.
        own = logging.makeLogRecord({**record.__dict__, "exc_text": None})
        return safe(super().format(own))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        return unbroken(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  logging's name
        return indent(super().formatException(ei), "    ")


@contextmanager
def run_log(folder: Path, command: str, verbose: int) -> Iterator[Path]:
    """Log this run to a new file in `folder`, made at the first line; `-v` and `-vv` show the
    same lines on screen. Only crossover's own loggers are kept: libraries log whole addresses."""
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    path = folder / f"{when}-{command}-{os.getpid()}.log"
    handlers: list[logging.Handler] = [_LazyFileHandler(path)]
    if verbose:
        handlers.append(logging.StreamHandler())
        handlers[1].setLevel(logging.INFO if verbose == 1 else logging.DEBUG)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    for handler in handlers:
        handler.setFormatter(_SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)
    try:
        yield path
    finally:
        for handler in handlers:
            log.removeHandler(handler)
            handler.close()


class _LazyFileHandler(logging.FileHandler):
    """Makes its file, and the folder, only when there is something to say."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="backslashreplace", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):  # a log that cannot be written is no reason to end
            Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Drop what cannot be written, and print no traceback on the screen."""

    def close(self) -> None:
        with suppress(OSError):
            super().close()
