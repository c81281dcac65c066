"""Besides its rows a ledger keeps a history that only grows, agreements, and facts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from crossover.accounts.ledger.account_facts import FactName
from crossover.accounts.ledger.listed_notes import ListedNote
from crossover.accounts.ledger.open import open_ledger, read_entries, reading_account
from crossover.errors import LedgerError
from crossover.model.account import Receipt
from crossover.model.notes import State
from tests.makers import ACCOUNT, CARRIED, MARKER, NOON, note, try_again

LINK = Receipt("b" * 24, "https://www.rednote.com/explore/" + "b" * 24, "your word")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_the_history_tells_each_attempt_and_each_answer_with_its_time(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara", now=lambda: NOON) as ledger:
        run = ledger.begin_run("upload", "kit", "/w", "mara")
        ledger.uploading(note())
        ledger.started(note(), MARKER, CARRIED, day=date(2025, 2, 6))
        ledger.unknown(note(), "not listed")
        ledger.answer(note(), State.POSTED, kind="link", said="link", operator="mara", receipt=LINK)
        ledger.history.end_run(run, "done")
    with reading_account(path, "mara") as records:
        told = [(e.kind, e.attempt, e.operator, e.run) for e in records.history.events()]
        (kept,) = records.history.runs()
    assert told == [
        ("started", 1, None, run),
        ("unknown", 1, None, run),
        ("link", 1, "mara", run),
    ]
    assert (kept.id, kept.began, kept.ended, kept.outcome) == (run, NOON, NOON, "done")


def test_what_was_dropped_of_a_note_is_of_that_note_alone(path: Path) -> None:
    first, second = Receipt("c" * 24, None, "the answer"), Receipt("d" * 24, None, "the answer")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.started(note(), MARKER, CARRIED)
        ledger.not_taken(note(), ("schedule",))  # nothing is there yet that it could be of
        ledger.posted(note(), first)
        assert read_entries(path, "mara")[note().key].not_taken == ()
        ledger.not_taken(note(), ("visibility", "topics"))
        ledger.not_taken(note(), ("visibility",))  # read once more, the last look counts
        assert read_entries(path, "mara")[note().key].not_taken == ("visibility",)
        try_again(note(), ledger)
        ledger.started(note(), MARKER, CARRIED)
        ledger.posted(note(), second)
        assert read_entries(path, "mara")[note().key].not_taken == ()
    with reading_account(path, "mara") as records:
        told = [e.said for e in records.history.events() if e.kind == "not-taken"]
    assert told == ["schedule", "visibility, topics", "visibility"]


def test_an_agreement_holds_for_one_digest_and_once(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.approvals.approve("plan", {note().key: "as shown"}, "mara")
        assert ledger.approvals.open() == {note().key: {"as shown"}}
        ledger.started(note(), MARKER, CARRIED, digest="another")
        assert ledger.approvals.open() == {note().key: {"as shown"}}
        ledger.ready(note(), "not there")
        ledger.started(note(), MARKER, CARRIED, digest="as shown")
        assert ledger.approvals.open() == {}
    with reading_account(path, "otto") as records:
        assert records.approvals.open() == {}


def test_what_is_known_of_an_account_is_kept_with_who_said_it(path: Path) -> None:
    listed = ListedNote("c" * 24, "Noodles", "video", NOON, 0, None, "list")
    with open_ledger(path, ACCOUNT, "mara", now=lambda: NOON) as ledger:
        assert ledger.facts.get(FactName.COMPARED) is None
        ledger.facts.put(FactName.COMPARED, "empty", "mara")
        ledger.listed.add([listed])
    with reading_account(path, "mara") as records:
        fact = records.facts.get(FactName.COMPARED)
        assert records.listed.all() == [listed]
        with pytest.raises(LedgerError):
            records.facts.put(FactName.COMPARED, "given", "mara")
    assert fact
    assert (fact.value, fact.time, fact.operator) == ("empty", NOON, "mara")


def test_when_notes_went_out_is_known_of_all_accounts_on_tiktok(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara", now=lambda: NOON) as ledger:
        ledger.started(note(), MARKER, CARRIED, day=date(2025, 2, 6))
    with open_ledger(path, ACCOUNT, "otto") as ledger:
        assert ledger.went_out() == [(NOON, date(2025, 2, 6))]
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.ready(note(), "not there")
        assert ledger.went_out() == []


def test_of_an_older_ledger_or_none_nothing_is_known_and_nothing_changes(path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "format_1", path.parent, dirs_exist_ok=True)
    before = path.read_bytes()
    for place in (path, path.with_name("none.sqlite")):
        with reading_account(place, "mara") as records:
            assert (records.history.events(), records.listed.all()) == ([], [])
    assert path.read_bytes() == before
