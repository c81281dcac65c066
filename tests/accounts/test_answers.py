"""What the creator says of notes is written as a whole, and never gives two notes one link."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossover.accounts.ledger.answers import CreatorAnswer
from crossover.accounts.ledger.history import Word
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.errors import LedgerError
from crossover.model.account import Receipt
from crossover.model.notes import Note, State
from tests.makers import ACCOUNT, CARRIED, MARKER, notes_of, post

ONE, TWO = (notes_of(post(n))[0] for n in (1, 2))
A, B = "a" * 24, "b" * 24


def _link(note: Note, note_id: str) -> CreatorAnswer:
    receipt = Receipt(note_id, f"https://www.rednote.com/explore/{note_id}", "your word")
    return CreatorAnswer(note, State.POSTED, Word.LINK, "a link", "mara", receipt)


def _ids(ledger: Ledger) -> list[str | None]:
    return [entry.note_id for _, entry in sorted(ledger.entries().items())]


def test_links_that_change_hands_are_written_together(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        ledger.answer_all([_link(ONE, A), _link(TWO, B)])
        ledger.answer_all([_link(ONE, B), _link(TWO, A)])
        assert _ids(ledger) == [B, A]


def test_a_link_that_another_note_has_changes_nothing(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        ledger.answer_all([_link(ONE, A)])
        with pytest.raises(LedgerError):
            ledger.answer_all([_link(TWO, A)])
        assert _ids(ledger) == [A]
        assert [event.note_id for event in ledger.history.events()] == [A]


def test_an_answer_that_may_not_follow_takes_the_others_with_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        never = CreatorAnswer(TWO, State.HANDED, "link", "no such answer", "mara")
        with pytest.raises(LedgerError):
            ledger.answer_all([_link(ONE, A), never])
        assert ledger.entries() == {}


def test_what_the_creator_says_is_another_post_is_remembered_by_its_id(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as ledger:
        ledger.started(ONE, MARKER, CARRIED)
        ledger.unknown(ONE, "one like it")
        said = CreatorAnswer(
            ONE, State.READY, Word.NOT_THERE, "not there", "mara", not_out=True, others=(A, B)
        )
        ledger.answer_all([said])
        assert ledger.history.others() == {ONE.key: {A, B}}
        assert ledger.entry(ONE.key).state is State.READY  # type: ignore[union-attr]
        kinds = [event.kind for event in ledger.history.events()]
        assert kinds == ["started", "unknown", "not-there", "another-post", "another-post"]
