"""Two TikTok accounts may post in the same second: whose post a row is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.model.account import Receipt
from crossover.model.notes import State
from tests.makers import ACCOUNT, CARRIED, MARKER, note

RECEIPT = Receipt("a" * 24, None, "the answer")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_posts_of_one_second_and_two_handles_have_a_row_each(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
    with open_ledger(path, ACCOUNT, "otto") as ledger:
        assert ledger.entries() == {}
        ledger.failed(note(), "no")
        assert [entry.handle for entry in ledger.entries_of_others()] == ["mara"]
        assert ledger.note_ids() == {RECEIPT.note_id}
    assert read_entries(path, "mara")[note().key].state is State.POSTED
    assert read_entries(path, "otto")[note().key].state is State.FAILED


def test_a_handle_is_the_same_in_any_case(path: Path) -> None:
    with open_ledger(path, ACCOUNT, "Mara") as ledger:
        ledger.posted(note(), RECEIPT)
    assert note().key in read_entries(path, "mara")


@pytest.mark.parametrize(("first", "then"), [(None, "mara"), ("mara", None)])
def test_a_row_counts_where_one_of_the_handles_is_not_known(
    path: Path, first: str | None, then: str | None
) -> None:
    with open_ledger(path, ACCOUNT, first) as ledger:
        ledger.posted(note(), RECEIPT)
    with open_ledger(path, ACCOUNT, then) as ledger:
        entry = ledger.entry(note().key)
        assert entry
        assert entry.state is State.POSTED
        assert ledger.entries_of_others() == []


def test_of_several_handles_the_row_that_came_furthest_counts_where_none_is_known(
    path: Path,
) -> None:
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(note(), RECEIPT)
    with open_ledger(path, ACCOUNT, "otto") as ledger:
        ledger.ready(note(), "later")
    assert read_entries(path, None)[note().key].state is State.POSTED


def test_a_row_is_of_the_handle_that_made_the_last_attempt(path: Path) -> None:
    with open_ledger(path, ACCOUNT, None) as ledger:
        ledger.started(note(), MARKER, CARRIED)
        ledger.ready(note(), "not there")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.uploading(note())
        assert note().key in read_entries(path, "otto")
        ledger.started(note(), MARKER, CARRIED)
    assert read_entries(path, "otto") == {}
    with open_ledger(path, ACCOUNT, None) as ledger:
        ledger.posted(note(), RECEIPT)
    (entry,) = read_entries(path, None).values()
    assert (entry.handle, entry.state, entry.attempt) == ("mara", State.POSTED, 2)
