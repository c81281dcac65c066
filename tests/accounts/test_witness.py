"""An older ledger is noticed, also where its whole folder was put back; and what is said then."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from crossover.accounts.data_folder import data_folder
from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger import ledger as ledgers
from crossover.accounts.ledger import open as opening
from crossover.accounts.ledger import witness
from crossover.accounts.ledger.accept import accept_older_ledger
from crossover.accounts.ledger.old_formats import migrate
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.errors import CrossoverError, LedgerError, LedgerLost, RetryLater, UsageProblem
from crossover.storage.documents import write_document
from tests.makers import ACCOUNT, CARRIED, MARKER, NOON, note

AT_NOON = "a copy of it that was made at 2025-02-06 12:00:00 UTC or later: it holds all 3 tries."


class Died(BaseException):
    pass


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("CROSSOVER_HOME", str(folder))
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account" / "ledger.sqlite"


def attempt(path: Path, *posts: str) -> None:
    with open_ledger(path, ACCOUNT, "mara", now=lambda: NOON) as ledger:
        for post in posts:
            ledger.started(note(post=post), MARKER, CARRIED)


@pytest.fixture
def old(path: Path, tmp_path: Path) -> Path:
    """A copy of the account's folder, from before two of its three attempts."""
    attempt(path, "one")
    copy = shutil.copytree(path.parent, tmp_path / "back-up")
    attempt(path, "two", "three")
    return copy


def put_back(copy: Path, path: Path) -> None:
    shutil.rmtree(path.parent)
    shutil.copytree(copy, path.parent)


def refused(path: Path) -> LedgerLost:
    """Neither sent from nor shown as it is."""
    with pytest.raises(LedgerLost) as shown:
        read_entries(path, "mara")
    with pytest.raises(LedgerLost) as caught, open_ledger(path, ACCOUNT, "mara"):
        pass
    assert str(caught.value) == str(shown.value)
    return caught.value


def test_a_folder_that_was_put_back_with_its_witness_is_noticed(path: Path, old: Path) -> None:
    put_back(old, path)
    error = refused(path)
    assert "holds 1 of 3 tries" in error.message
    assert AT_NOON in error.next
    assert "`crossover accounts release`" in error.more[0]


def test_a_ledger_that_lacks_a_single_attempt_is_noticed(path: Path, tmp_path: Path) -> None:
    attempt(path, "one")
    copy = shutil.copytree(path.parent, tmp_path / "back-up")
    attempt(path, "two")
    put_back(copy, path)
    assert "holds 1 of 2 tries" in refused(path).message


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"x" * 5000)])
def test_of_a_ledger_that_is_gone_or_damaged_it_is_said_which_copy_to_put_back(
    path: Path, old: Path, damage: Callable[[Path], object]
) -> None:
    damage(path)
    assert AT_NOON in refused(path).next


def test_the_newest_copy_is_good_whatever_stands_beside_it(path: Path, old: Path) -> None:
    newest = path.read_bytes()
    put_back(old, path)
    path.write_bytes(newest)
    attempt(path, "four")
    assert len(read_entries(path, "mara")) == 4


def test_a_copy_in_another_folder_is_an_account_of_its_own(path: Path, old: Path) -> None:
    """A workspace that is copied takes its practice account along."""
    attempt(old / "ledger.sqlite", "two")
    attempt(path, "four")
    assert len(read_entries(old / "ledger.sqlite", "mara")) == 2
    assert len(read_entries(path, "mara")) == 4


def test_after_a_fresh_start_nothing_of_the_old_ledger_is_kept(
    path: Path, old: Path, home: Path
) -> None:
    AccountFolder(path.parent).forget()
    assert [one for one in (*path.parent.iterdir(), *home.rglob("*")) if one.is_file()] == []
    attempt(path, "one")


@pytest.mark.parametrize("dies_in", ["_write", "_checkpoint", "write_witness"])
def test_deaths_around_an_attempt_add_up_to_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Died

    for _ in range(3):
        with open_ledger(path, ACCOUNT, "mara") as ledger, monkeypatch.context() as patch:
            patch.setattr(ledgers if dies_in == "write_witness" else ledger, dies_in, die)
            with pytest.raises(Died):
                ledger.started(note(), MARKER, CARRIED)
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        assert ledger.attempts == (0 if dies_in == "_write" else 3)


def test_a_ledger_of_format_1_may_lack_the_attempt_that_its_witness_announced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(Path(__file__).parent / "format_1", path.parent)
    beside = path.with_suffix(".json")
    said = beside.read_text()
    beside.write_text(said.replace('"attempts": 6', '"attempts": 8'))
    assert "holds 6 of 8 tries" in refused(path).message
    beside.write_text(said.replace('"attempts": 6', '"attempts": 7'))
    assert len(read_entries(path, "mara")) == 8

    def die_after(db: sqlite3.Connection, version: int) -> None:
        migrate(db, version)
        raise Died

    monkeypatch.setattr(opening, "migrate", die_after)
    with pytest.raises(Died):
        attempt(path)
    attempt(path, "nine")


# --- going on with what is there ---


def test_an_older_ledger_is_accepted_and_goes_on(path: Path, old: Path) -> None:
    newest = path.read_bytes()
    put_back(old, path)
    accept_older_ledger(path)
    assert [entry.post for entry in read_entries(path, "mara").values()] == ["one"]
    attempt(path, "four")
    path.write_bytes(newest)  # the right one was found after all
    attempt(path, "five")
    assert len(read_entries(path, "mara")) == 4


def test_where_it_is_gone_a_new_one_begins(path: Path, old: Path) -> None:
    path.unlink()
    accept_older_ledger(path)
    assert read_entries(path, "mara") == {}
    attempt(path, "one")


@pytest.mark.parametrize("content", [b"x" * 5000, b""])
def test_what_cannot_be_read_is_put_aside(path: Path, old: Path, content: bytes) -> None:
    path.write_bytes(content)
    accept_older_ledger(path)
    (aside,) = path.parent.glob("*.aside-*")
    assert aside.read_bytes() == content
    attempt(path, "one")


def test_a_new_ledger_does_not_take_the_log_of_the_old_one_for_its_own(
    path: Path, old: Path
) -> None:
    log = path.with_name("ledger.sqlite-wal")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.uploading(note(post="four"))
        written = log.read_bytes()
    path.unlink()
    log.write_bytes(written)
    accept_older_ledger(path)
    (aside,) = path.parent.glob("*.aside-*")
    assert aside.read_bytes() == written
    attempt(path, "one")


def test_the_ledger_of_another_folder_is_accepted(path: Path, old: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "ledger.sqlite"
    attempt(other, "one")
    shutil.copy(other, path)
    assert "not the one" in refused(path).message
    accept_older_ledger(path)
    attempt(path, "two")


@pytest.mark.parametrize("where", ["beside", "outside"])
def test_a_damaged_witness_is_told_and_made_anew(
    path: Path, old: Path, home: Path, where: str
) -> None:
    (outside,) = (one for one in home.rglob("*.json") if '"attempts": 3' in one.read_text())
    (path.with_suffix(".json") if where == "beside" else outside).write_text("{")
    assert "is damaged" in refused(path).message
    accept_older_ledger(path)
    attempt(path, "four")


def test_a_newer_ledger_is_not_accepted(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger._db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="newer"):
        accept_older_ledger(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("gone", [False, True])
@pytest.mark.parametrize("lives", range(4))
def test_stopped_while_it_is_accepted_it_is_refused_or_accepted(
    path: Path, old: Path, monkeypatch: pytest.MonkeyPatch, lives: int, gone: bool
) -> None:
    put_back(old, path)
    if gone:
        path.write_bytes(b"x")
    steps = iter(range(lives))

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **named: object) -> object:
            if next(steps, None) is None:
                raise Died
            return real(*arguments, **named)

        return step

    with monkeypatch.context() as patch:
        patch.setattr(witness, "write_document", dying(write_document))
        patch.setattr(Path, "rename", dying(Path.rename))
        patch.setattr(Path, "unlink", dying(Path.unlink))
        patch.setattr(shutil, "rmtree", dying(shutil.rmtree))
        try:
            accept_older_ledger(path)
        except Died:
            refused(path)
    accept_older_ledger(path)
    attempt(path, "four")


# --- the data folder ---


def test_without_a_word_it_is_the_one_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CROSSOVER_HOME")
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, **_: Path("/data") / name)
    assert data_folder() == Path("/data/crossover")


def test_what_stands_there_is_for_its_owner_alone(path: Path, home: Path) -> None:
    attempt(path, "one")
    if os.name != "nt":
        modes = {one.stat().st_mode & 0o777 for one in home.rglob("*") if one.is_file()}
        assert modes == {path.stat().st_mode & 0o777} == {0o600}
        folders = [home, *(one for one in home.rglob("*") if one.is_dir()), path.parent]
        assert {one.stat().st_mode & 0o777 for one in folders} == {0o700}


def test_reading_makes_no_data_folder(path: Path, home: Path) -> None:
    attempt(path, "one")
    shutil.rmtree(home)
    assert len(read_entries(path, "mara")) == 1
    assert not home.exists()


def test_where_nothing_can_be_kept_outside_nothing_is_begun(path: Path, home: Path) -> None:
    home.write_text("a file in the way")
    with pytest.raises(UsageProblem) as caught, open_ledger(path, ACCOUNT, "mara"):
        pass
    assert "CROSSOVER_HOME" in caught.value.next
    assert read_entries(path, "mara") == {}


def test_a_place_outside_that_may_not_be_written_any_more_is_noticed_before_an_attempt(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt(path, "one")

    def refuse(at: Path, *_: object) -> None:
        raise UsageProblem(f"{at} may not be opened.")

    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(witness, "write_document", refuse)
    with pytest.raises(UsageProblem), open_ledger(path, ACCOUNT, "mara"):
        pass


def test_a_disk_that_fills_up_at_an_attempt_leaves_it_to_be_looked_up(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise RetryLater("The disk is full.")

    with open_ledger(path, ACCOUNT, "mara") as ledger:
        monkeypatch.setattr(witness, "write_document", full)
        with pytest.raises(CrossoverError):
            ledger.started(note(), MARKER, CARRIED)
        entry = ledger.entry(note().key)
    monkeypatch.undo()
    assert entry
    assert entry.marker == MARKER
