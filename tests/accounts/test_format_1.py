"""A ledger of format 1 opens, becomes one of today's, and goes on.

`format_1/` holds notes of made-up posts: posted (1), started at a second attempt (2), unclear (3),
refused (4), kept back before any attempt (5), one part of two posted (6), handed over (7).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crossover.accounts.ledger import open as opening
from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.old_formats import migrate
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.warnings import AccountWarnings
from crossover.errors import LedgerError
from crossover.model.account import Receipt
from crossover.model.notes import State
from crossover.transfer.run import transfer
from tests.fakes import FakeMemory, FakeSite
from tests.makers import ACCOUNT, CARRIED, MARKER, plan, post, try_again

OLD = Path(__file__).parent / "format_1"
PLAN = plan(*(post(n, pictures=20 * (n == 6)) for n in range(1, 9)))
STATES = {
    "1": (State.POSTED, 1),
    "2": (State.STARTED, 2),
    "3": (State.UNKNOWN, 1),
    "4": (State.FAILED, 1),
    "5": (State.UNKNOWN, 0),
    "6.1": (State.POSTED, 1),
    "6.2": (State.UPLOADING, 0),
    "7": (State.HANDED, 0),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copytree(OLD, tmp_path / "account") / "ledger.sqlite"


def states(entries: dict[tuple[str, int], Entry]) -> dict[str, tuple[State, int]]:
    number = {note.key: note.number for note in PLAN.notes}
    return {number[key]: (entry.state, entry.attempt) for key, entry in sorted(entries.items())}


def open_new(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara"):
        pass


def pragma(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(f"PRAGMA {name}").fetchone()[0])


def test_it_tells_what_it_told_before_and_is_of_the_new_format(path: Path) -> None:
    before = read_entries(path, "mara")
    ledger_id = pragma(path, "application_id")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        assert (ledger.entries(), ledger.attempts) == (before, 6)
    assert states(read_entries(path, "mara")) == STATES
    assert {(entry.handle, entry.carried) for entry in before.values()} == {("", None)}
    assert (pragma(path, "user_version"), pragma(path, "application_id")) == (3, ledger_id)
    with closing(sqlite3.connect(path)) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    open_new(path.with_name("new.sqlite"))
    with closing(sqlite3.connect(path.with_name("new.sqlite"))) as db:
        assert names == {name for (name,) in db.execute("SELECT name FROM sqlite_master")}


def test_reading_it_changes_nothing(path: Path) -> None:
    before = path.read_bytes()
    assert states(read_entries(path, "mara")) == STATES
    assert (path.read_bytes(), pragma(path, "user_version")) == (before, 1)


def test_one_without_the_index_of_open_notes_opens_too(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP INDEX open_notes")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        assert ledger.open_twin(PLAN.notes[1])


def test_it_goes_on_and_sends_nothing_twice(path: Path) -> None:
    """What it has as posted, refused or handed over stays; the rest is looked for, then sent."""
    there = {note.number: note for note in PLAN.notes}
    site = FakeSite([there["1"], there["6.1"], there["3"], there["5"]])
    memory = FakeMemory()
    for _ in range(2):
        with open_ledger(path, ACCOUNT, "mara") as ledger:
            warnings = AccountWarnings(path.parent)
            list(transfer(PLAN, to=site, ledger=ledger, memory=lambda _: memory, warnings=warnings))
    sent = [note.number for note in site.notes[4:]]
    assert sorted(sent) == ["2", "6.2", "8"]


def test_its_rows_count_for_every_handle_until_one_sends(path: Path) -> None:
    one, four = PLAN.notes[0], PLAN.notes[3]
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        try_again(four, ledger)
        assert read_entries(path, "otto")[four.key].state is State.READY
        ledger.started(four, MARKER, CARRIED)
        ledger.posted(four, Receipt("f" * 24, None, "the answer"))
    assert four.key not in read_entries(path, "otto")
    assert read_entries(path, "otto")[one.key].state is State.POSTED


def test_killed_at_any_point_of_the_change_it_is_of_one_format_or_the_other(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies: list[Path] = []

    def copy(_statement: str) -> None:
        copies.append(shutil.copytree(path.parent, tmp_path / f"killed {len(copies)}"))

    def watched(db: sqlite3.Connection, version: int) -> None:
        db.set_trace_callback(copy)
        migrate(db, version)
        db.set_trace_callback(None)

    monkeypatch.setattr(opening, "migrate", watched)
    with open_ledger(path, ACCOUNT, "mara"):
        copy("done, its log beside it")
    monkeypatch.undo()
    assert len(copies) > 8
    for folder in copies:
        (shutil.copytree(folder, folder / "no log") / "ledger.sqlite-wal").unlink(missing_ok=True)
        for killed in (folder / "ledger.sqlite", folder / "no log" / "ledger.sqlite"):
            with open_ledger(killed, ACCOUNT, "mara") as ledger:
                assert states(ledger.entries()) == STATES
            assert pragma(killed, "user_version") == 3


def test_one_that_another_program_changed_is_left_as_it_is(path: Path) -> None:
    """A change that does not succeed is undone."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP INDEX one_note_one_row")
    with pytest.raises(LedgerError), open_ledger(path, ACCOUNT, "mara"):
        pass
    assert pragma(path, "user_version") == 1
    assert states(read_entries(path, "mara")) == STATES
