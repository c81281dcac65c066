"""Files of earlier versions become their owner's alone when they are written."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.destinations.practice import running_rehearsal
from crossover.library.importing import link_or_copy
from crossover.rehearsal.store.store import Store
from crossover.storage.atomic import write_atomic

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Windows keeps no permission bits to look at"
)


def old(path: Path) -> Path:
    """A file that everybody may read."""
    path.touch()
    path.chmod(0o644)
    return path


def is_private(path: Path) -> bool:
    return path.stat().st_mode & 0o777 == 0o600


def test_a_document_written_anew(tmp_path: Path) -> None:
    write_atomic(old(tmp_path / "plan.json"), b"{}")
    assert is_private(tmp_path / "plan.json")


def test_the_files_of_an_account(tmp_path: Path) -> None:
    account = AccountFolder(tmp_path)
    ledger, store = old(account.ledger), old(tmp_path / "store.sqlite3")
    with account.hold("upload"), closing(Store(tmp_path)):
        assert is_private(ledger)
        assert is_private(store)


def test_the_log_of_the_stand_in(tmp_path: Path) -> None:
    log = old(tmp_path / "server.log")
    with running_rehearsal(tmp_path):
        assert is_private(log)


def test_a_copy_of_an_original_but_not_the_original_nor_a_link_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = old(tmp_path / "a.mp4")
    os.utime(original, (1, 2))
    link_or_copy(original, tmp_path / "media" / "linked.mp4")

    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    link_or_copy(original, tmp_path / "media" / "copied.mp4")
    assert original.stat().st_mode & 0o777 == 0o644
    assert is_private(tmp_path / "media" / "copied.mp4")
    assert (tmp_path / "media" / "copied.mp4").stat().st_mtime == 2
    assert (tmp_path / "media").stat().st_mode & 0o777 == 0o700
