"""What is said of a disk that fails under the ledger: a full one is no reason to put back a copy."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from crossover.accounts.ledger import open as opening
from crossover.accounts.ledger.database import connect, connect_read_only
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.ledger.sqlite_errors import translate_errors
from crossover.errors import (
    Busy,
    CrossoverError,
    LedgerError,
    LedgerLost,
    RetryLater,
    UsageProblem,
)
from crossover.model.account import Receipt
from tests.makers import ACCOUNT, CARRIED, MARKER, note
from tests.small_disk import needs_root, small_disk
from tests.tier import by_tier

RECEIPT = Receipt("a" * 24, None, "the answer")
PAGE = 4096

Connect = Callable[[Path], sqlite3.Connection]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with a row."""
    made = tmp_path / "account" / "ledger.sqlite"
    with open_ledger(made, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
    return made


def raised(code: int, path: Path) -> CrossoverError:
    """What becomes of an error of SQLite."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    with pytest.raises(CrossoverError) as caught, translate_errors(path):
        raise error
    return caught.value


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_CANTOPEN])
@pytest.mark.parametrize(
    ("disk", "error"),
    [
        (errno.ENOSPC, RetryLater),
        (errno.EDQUOT, RetryLater),
        (errno.EROFS, UsageProblem),
        (errno.EACCES, UsageProblem),
    ],
)
def test_where_sqlite_does_not_tell_the_disk_is_asked(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, disk: int, error: type[CrossoverError]
) -> None:
    def fails(_fd: int) -> None:
        raise OSError(disk, os.strerror(disk))

    monkeypatch.setattr(os, "fsync", fails)
    assert type(raised(code, path)) is error
    assert not list(path.parent.glob(".crossover-tmp-*"))


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_FULL, RetryLater),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy),
        (sqlite3.SQLITE_CORRUPT_INDEX, LedgerLost),
        (sqlite3.SQLITE_NOTADB, LedgerLost),
        (sqlite3.SQLITE_IOERR_READ, LedgerError),
    ],
)
def test_each_error_has_its_exit_code_and_a_way_out(
    path: Path, code: int, error: type[CrossoverError]
) -> None:
    found = raised(code, path)
    assert type(found) is error
    assert found.next
    assert ("Put back" in found.next) is (error is LedgerLost)


def test_a_full_disk_says_to_free_some_space(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(RetryLater) as caught:
            ledger.failed(note(post="another"), "x" * 10 * PAGE)
    assert "Free some space" in caught.value.next
    assert note().key in read_entries(path, "mara")


@pytest.mark.parametrize(("disk", "code"), [(errno.ENOSPC, 5), (errno.EROFS, 2), (errno.EIO, 1)])
def test_a_new_ledger_that_cannot_take_its_name_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: int, code: int
) -> None:
    def fails(_self: Path, _target: Path) -> None:
        raise OSError(disk, os.strerror(disk))

    path = tmp_path / "account" / "ledger.sqlite"
    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(CrossoverError) as caught, open_ledger(path, ACCOUNT, "mara"):
        pass
    assert caught.value.exit_code == code
    assert list(path.parent.iterdir()) == []


def test_a_ledger_that_vanishes_while_it_is_opened_is_not_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanishing(real: Connect) -> Connect:
        def connect_to(ledger: Path) -> sqlite3.Connection:
            ledger.unlink()
            return real(ledger)

        return connect_to

    other = shutil.copytree(path.parent, path.parent.with_name("other")) / path.name
    monkeypatch.setattr(opening, "connect", vanishing(connect))
    monkeypatch.setattr(opening, "connect_read_only", vanishing(connect_read_only))
    with pytest.raises(LedgerLost, match="is gone"), open_ledger(path, ACCOUNT, "mara"):
        pass
    with pytest.raises(LedgerLost, match="is gone"):
        read_entries(other, "mara")
    assert not path.exists()
    assert not other.exists()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", "1m") as mounted:
        yield mounted


def fill(disk: Path, pages: int) -> Path:
    """Fill the disk but for so many pages."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(PAGE))
    os.truncate(filler, max(0, filler.stat().st_size - pages * PAGE))
    return filler


@needs_root
@pytest.mark.parametrize("is_old", [False, True])
def test_wherever_a_real_disk_fills_up_it_is_for_later_and_nothing_is_lost(
    disk: Path, is_old: bool
) -> None:
    ended = set()
    for pages in range(0, 72, by_tier(8, 1)):
        path = disk / str(pages) / "ledger.sqlite"
        if is_old:
            shutil.copytree(Path(__file__).parent / "format_1", path.parent)
        filler = fill(disk, pages)
        ended_with: type[BaseException] | None = None
        try:
            with open_ledger(path, ACCOUNT, "mara") as ledger:
                ledger.started(note(post="new"), MARKER, CARRIED)
                ledger.posted(note(post="new"), RECEIPT)
        except CrossoverError as exc:
            ended_with = type(exc)
        ended.add(ended_with)
        filler.unlink()
        with open_ledger(path, ACCOUNT, "mara") as ledger:
            assert len(ledger.entries()) >= 8 * is_old
        shutil.rmtree(path.parent)
    assert ended == {None, RetryLater}
