"""A note comes from one state into another only as the one table says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from crossover.accounts.ledger.ledger import HandedNote, Ledger
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.accounts.ledger.transitions import BY_CREATOR, TRANSITIONS, By, is_allowed
from crossover.errors import LedgerError
from crossover.model.account import Receipt
from crossover.model.notes import State
from tests.makers import ACCOUNT, CARRIED, MARKER, NOON, note

RECEIPT = Receipt("a" * 24, None, "the answer")

INTO: Mapping[State, Callable[[Ledger], None]] = {
    State.READY: lambda ledger: ledger.ready(note(), None),
    State.UPLOADING: lambda ledger: ledger.uploading(note()),
    State.STARTED: lambda ledger: ledger.started(note(), MARKER, CARRIED),
    State.UNKNOWN: lambda ledger: ledger.unknown(note(), "not listed"),
    State.FAILED: lambda ledger: ledger.failed(note(), "no"),
    State.HANDED: lambda ledger: ledger.hand_over([HandedNote(note(), CARRIED, NOON)], "pack"),
    State.POSTED: lambda ledger: ledger.posted(note(), RECEIPT),
}


def bring_into(ledger: Ledger, state: State | None) -> None:
    if state:
        INTO[state](ledger)


def answer(ledger: Ledger, state: State) -> None:
    receipt = RECEIPT if state is State.POSTED else None
    ledger.answer(note(), state, kind="told", said="so it is", operator="mara", receipt=receipt)


@pytest.mark.parametrize("after", INTO)
@pytest.mark.parametrize("before", [None, *INTO])
@pytest.mark.parametrize("by", By)
def test_what_the_table_does_not_allow_is_an_error_and_changes_nothing(
    tmp_path: Path, by: By, before: State | None, after: State
) -> None:
    path = tmp_path / "ledger.sqlite"
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        bring_into(ledger, before)
        if is_allowed(before, after, by):
            INTO[after](ledger) if by is By.RUN else answer(ledger, after)
            expected: State | None = after
        else:
            with pytest.raises(LedgerError):
                INTO[after](ledger) if by is By.RUN else answer(ledger, after)
            expected = before
        assert [entry.state for entry in ledger.entries().values()] == (
            [expected] if expected else []
        )


def test_every_state_of_a_ledger_stands_in_both_tables() -> None:
    assert TRANSITIONS.keys() == BY_CREATOR.keys() == {None, *INTO}


def test_what_was_posted_or_handed_over_no_run_sends_again() -> None:
    sending = {State.UPLOADING, State.STARTED, State.HANDED}
    assert not any(
        TRANSITIONS[done] & sending for done in (State.POSTED, State.HANDED, State.FAILED)
    )


def test_handing_over_is_for_all_notes_or_for_none(tmp_path: Path) -> None:
    path, first, second = tmp_path / "ledger.sqlite", note(), note(post="2025-01-02T00:00:00Z")
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.posted(second, RECEIPT)
        with pytest.raises(LedgerError):
            ledger.hand_over([HandedNote(one, CARRIED, NOON) for one in (first, second)], "pack")
        assert first.key not in ledger.entries()
        ledger.hand_over([HandedNote(first, CARRIED, NOON)], "pack")
    entry = read_entries(path, "mara")[first.key]
    assert (entry.state, entry.attempt, entry.pack, entry.out_at) == (State.HANDED, 1, "pack", NOON)
    assert entry.out_day == NOON.date()
