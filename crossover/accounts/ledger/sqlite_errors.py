"""Explains errors of SQLite, which does not tell what the disk said."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from crossover.accounts.ledger.witness import lost_error
from crossover.errors import Busy, CrossoverError, LedgerError
from crossover.storage.atomic import BLOCK, temp_beside
from crossover.storage.os_errors import explain_os_error

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_DISK = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}


@contextmanager
def translate_errors(ledger: Path) -> Iterator[None]:
    """Translate errors of SQLite and of the disk about the ledger at that path: `RetryLater` when
    the disk is full, `UsageProblem` where it may not be written, `Busy` while another program has
    it, otherwise `LedgerError`."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        raise _explain(exc, ledger) from exc
    except OSError as exc:
        raise explain_os_error(exc, ledger) from exc


def _explain(exc: sqlite3.DatabaseError, ledger: Path) -> CrossoverError:
    code = getattr(exc, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without its details
    if code in _DAMAGED:
        return lost_error(ledger, "is damaged")
    if code in _IN_USE:
        return Busy(
            f"Another program uses {ledger}, the list of what was sent.",
            next="Close it, then run the same command again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return explain_os_error(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), ledger)
    if code in _DISK:
        if not ledger.exists():
            return lost_error(ledger, "is gone")
        if refused := _try_to_write(ledger):
            return explain_os_error(refused, ledger)
    return LedgerError(
        f"{ledger}, the list of what was sent, cannot be used ({exc}).",
        next="Nothing more is sent. Check the disk, then run the same command again.",
    )


def _try_to_write(ledger: Path) -> OSError | None:
    """Write beside the ledger what is removed at once, to hear why SQLite could not."""
    temp = temp_beside(ledger)
    try:
        with temp.open("xb") as file:
            file.write(bytes(BLOCK))
            file.flush()
            os.fsync(file.fileno())
    except OSError as exc:
        return exc
    finally:
        with suppress(OSError):
            temp.unlink(missing_ok=True)
    return None
