"""The ledger keeps what it was told over any death, and never forgets a posted note."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.errors import LedgerError, WrongAccount
from crossover.model.account import Account, Marker, Receipt, SiteName
from crossover.model.notes import State
from tests.makers import ACCOUNT, CARRIED, MARKER, NOON, note

RECEIPT = Receipt("a" * 24, "http://127.0.0.1/x", "the answer")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account" / "ledger.sqlite"


def test_a_row_tells_everything_back(path: Path) -> None:
    sent = note(title="before")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.uploading(sent)
        ledger.started(sent, Marker(("x", "y"), NOON), CARRIED)
        ledger.posted(sent, RECEIPT)
    (entry,) = read_entries(path, "mara").values()
    assert (entry.state, entry.attempt, entry.marker) == (State.POSTED, 1, Marker(("x", "y"), NOON))
    assert (entry.note_id, entry.url, entry.evidence) == (
        RECEIPT.note_id,
        RECEIPT.url,
        "the answer",
    )
    assert entry.as_sent(note(title="after")).title == "before"


def test_a_posted_row_is_final(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
        changes: list[Callable[[], None]] = [
            lambda: ledger.uploading(note()),
            lambda: ledger.started(note(), MARKER, CARRIED),
            lambda: ledger.ready(note(), None),
            lambda: ledger.failed(note(), "no"),
            lambda: ledger.unknown(note(), "?"),
        ]
        for change in changes:
            with pytest.raises(LedgerError, match="final"):
                change()
    assert [entry.state for entry in read_entries(path, "mara").values()] == [State.POSTED]


def test_attempts_are_counted_over_failures(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        for _ in range(3):
            ledger.started(note(), MARKER, CARRIED)
            ledger.ready(note(), "not there")
    assert [entry.attempt for entry in read_entries(path, "mara").values()] == [3]


def test_an_unclear_row_can_still_be_looked_up(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(note(), MARKER, CARRIED)
        ledger.unknown(note(), "the list could not be read")
        (entry,) = ledger.entries().values()
    assert entry.marker == MARKER


def test_one_row_is_read_by_the_key_of_its_note(path: Path) -> None:
    first, second = note(), note(part=(2, 2))
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.failed(first, "no")
        entry = ledger.entry(first.key)
        assert entry
        assert (entry.post, entry.part, entry.reason) == (*first.key, "no")
        assert ledger.entry(second.key) is None


def test_the_twin_of_a_note_is_one_that_was_sent_and_is_open(path: Path) -> None:
    twin, other = note(post="twin"), note(post="other", title="Other words")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(other, MARKER, CARRIED)
        ledger.unknown(twin, "not sent, but on the account perhaps")
        assert ledger.open_twin(note()) is None
        ledger.started(twin, MARKER, CARRIED)
        entry = ledger.open_twin(note())
        assert entry
        assert entry.post == "twin"
        ledger.posted(twin, RECEIPT)
        assert ledger.open_twin(note()) is None


def test_a_ledger_made_before_its_open_notes_were_indexed_goes_on(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(note(), MARKER, CARRIED)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP INDEX open_notes")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        assert ledger.attempts == 1
        assert ledger.open_twin(note(post="another"))
        ledger.posted(note(), RECEIPT)


def test_one_note_on_the_account_belongs_to_one_post(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
        with pytest.raises(LedgerError):
            ledger.posted(note(post="2024-01-01T00:00:00Z"), RECEIPT)


def test_a_session_of_another_account_is_refused(path: Path) -> None:
    other = Account(SiteName.REHEARSAL, "other", "Other")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
    with pytest.raises(WrongAccount), open_ledger(path, other, "mara"):
        pass
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        assert [entry.state for entry in ledger.entries().values()] == [State.POSTED]


def test_a_state_is_on_disk_when_the_call_returns(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(note(), MARKER, CARRIED)
        assert [entry.state for entry in read_entries(path, "mara").values()] == [State.STARTED]


def test_it_syncs_fully(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert ledger._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to tell" * 40, b"x", b""]
)
def test_a_damaged_ledger_is_an_error_never_a_new_one(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(LedgerError), open_ledger(path, ACCOUNT, "mara"):
        pass
    with pytest.raises(LedgerError):
        read_entries(path, "mara")
    assert path.read_bytes() == content


def test_a_damaged_page_is_noticed_before_anything_is_sent(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        for number in range(200):
            ledger.failed(note(post=f"post {number}"), "x" * 200)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[8192:9192] = bytes(1000)
    path.write_bytes(data)
    with pytest.raises(LedgerError), open_ledger(path, ACCOUNT, "mara"):
        pass


def test_a_newer_ledger_is_left_alone(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger._db.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="newer"), open_ledger(path, ACCOUNT, "mara"):
        pass
    with pytest.raises(LedgerError, match="newer"):
        read_entries(path, "mara")


def test_reading_makes_no_file(path: Path) -> None:
    assert read_entries(path, "mara") == {}
    assert not path.parent.exists()


def assert_refused(path: Path, why: str) -> None:
    """Neither sent from nor shown as a fresh start."""
    with pytest.raises(LedgerError, match=why), open_ledger(path, ACCOUNT, "mara"):
        pass
    with pytest.raises(LedgerError, match=why):
        read_entries(path, "mara")


def test_a_ledger_that_is_gone_is_no_fresh_start(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara"):
        pass
    path.unlink()
    assert_refused(path, "is gone")
    assert not path.exists()


def test_the_ledger_of_another_folder_does_not_fit(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "ledger.sqlite"
    for place in (path, other):
        with open_ledger(place, ACCOUNT, "mara"):
            pass
    shutil.copy(other, path)
    assert_refused(path, "not the one")
    assert path.read_bytes() == other.read_bytes(), "what was put there is left alone"


def test_an_older_copy_of_the_ledger_is_noticed(path: Path, tmp_path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara"):
        pass
    shutil.copy(path, tmp_path / "copy")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        for number in range(2):
            ledger.started(note(post=f"post {number}"), MARKER, CARRIED)
    shutil.copy(tmp_path / "copy", path)
    assert_refused(path, "0 of 2 tries")
    assert path.read_bytes() == (tmp_path / "copy").read_bytes(), "the copy is left alone"


def test_attempts_and_posted_notes_survive_the_loss_of_the_log_beside_the_ledger(
    path: Path, tmp_path: Path
) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
        ledger.started(note(post="2024-01-01T00:00:00Z"), MARKER, CARRIED)
        # As a kill would leave it, without its log.
        copy = tmp_path / "killed" / "ledger.sqlite"
        copy.parent.mkdir()
        for name in ("ledger.sqlite", "ledger.json"):
            shutil.copy(path.with_name(name), copy.with_name(name))
    states = [entry.state for entry in read_entries(copy, "mara").values()]
    assert sorted(states) == [State.POSTED, State.STARTED]


def test_a_removed_witness_is_made_anew(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(note(), MARKER, CARRIED)
    path.with_name("ledger.json").unlink()
    with open_ledger(path, ACCOUNT, "mara"):
        pass
    assert path.with_name("ledger.json").exists()
    path.unlink()
    assert_refused(path, "is gone")


def test_the_marker_of_the_first_attempt_is_kept(path: Path) -> None:
    markers = [Marker((str(n),), NOON + timedelta(hours=n)) for n in range(3)]
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        for marker in markers:
            ledger.started(note(), marker, CARRIED)
    (entry,) = read_entries(path, "mara").values()
    assert entry.markers == (markers[2], markers[0])


def test_a_folder_that_cannot_be_written_can_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
    opened: list[str] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def spy(database: str, **options: Any) -> sqlite3.Connection:
        opened.append(database)
        return connect(database, **options)

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(sqlite3, "connect", spy)
    assert [entry.state for entry in read_entries(path, "mara").values()] == [State.POSTED]
    assert "mode=ro&immutable=1" in opened[0]


def test_what_was_read_before_is_never_told_again_once_somebody_changed_it(path: Path) -> None:
    """Every row is read once, as long as nothing changes; also by another connection."""
    with open_ledger(path, ACCOUNT, "mara") as ledger, open_ledger(path, ACCOUNT, "mara") as other:
        assert ledger.entries() == {}
        ledger.uploading(note())
        assert [one.state for one in ledger.entries().values()] == [State.UPLOADING]
        other.failed(note(), "no")
        assert [one.state for one in ledger.entries().values()] == [State.FAILED]
        ledger.entries().clear()
        assert len(ledger.entries()) == 1
