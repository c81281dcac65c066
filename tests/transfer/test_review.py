"""What became of notes after they were posted: by the account's own list, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.accounts.ledger.entry import Entry
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.errors import RetryLater
from crossover.limits.limits import load_reviews
from crossover.model.account import Account, Marker, OwnNote, Receipt, Review, SiteName
from crossover.model.notes import State
from crossover.model.posts import Visibility
from crossover.transfer.report.review import observe, refresh_reviews
from tests.makers import CARRIED, entry, note

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
LAG = timedelta(minutes=10)
IDS = ["1" * 24, "2" * 24, "3" * 24]
REVIEWS = load_reviews(SiteName.REHEARSAL)


def listed(note_id: str, tab: int | None = 1, permission: int | None = 0) -> OwnNote:
    return OwnNote(note_id, "Title", "video", NOW, permission, tab)


def posted(note_id: str = IDS[0]) -> Entry:
    made = entry(f"2025-01-01T00:0{note_id[0]}:00Z", 1, State.POSTED, note_id=note_id)
    return replace(made, out_at=NOW - timedelta(days=1))


def review_of(one: Entry, *notes: OwnNote) -> str | None:
    seen = list(observe([one], {n.id: n for n in notes}, REVIEWS, LAG, NOW))
    return seen[0].review if seen else None


@pytest.mark.parametrize(
    ("tab", "review"), [(1, "passed"), (2, "pending"), (3, "refused"), (9, None), (None, None)]
)
def test_a_review_is_what_the_list_says_and_else_not_known(
    tab: int | None, review: str | None
) -> None:
    assert review_of(posted(), listed(IDS[0], tab)) == review


def test_on_a_real_site_only_what_is_known_of_its_numbers_is_told() -> None:
    assert load_reviews(SiteName.REDNOTE) == {1: Review.PASSED}


def test_a_note_is_gone_only_where_the_list_had_time_to_show_it() -> None:
    assert review_of(posted()) == "gone"
    assert review_of(replace(posted(), out_at=NOW - timedelta(minutes=9))) is None
    assert review_of(replace(posted(), out_at=None)) is None


def test_who_may_see_it_now_is_what_the_list_says() -> None:
    (seen,) = observe([posted()], {IDS[0]: listed(IDS[0], 1, 1)}, REVIEWS, LAG, NOW)
    assert seen.visibility is Visibility.ONLY_ME


@dataclass
class Listing:
    """An account that lists these notes, once."""

    notes: Sequence[OwnNote]
    read: int = 0

    def list_notes(self) -> tuple[OwnNote, ...]:
        self.read += 1
        return tuple(self.notes)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Three notes that are posted."""
    account, before = Account(SiteName.REDNOTE, "mila", "Mila"), NOW - timedelta(days=1)
    with open_ledger(tmp_path / "l.sqlite", account, "mara", now=lambda: before) as made:
        for number, note_id in enumerate(IDS, 1):
            one = replace(note(), id=f"n{number}", post=f"2025-01-01T00:0{number}:00Z")
            made.started(one, Marker((), before), CARRIED)
            made.posted(one, Receipt(note_id, None, "seen"))
        yield made


def test_the_list_is_read_once_and_kept(ledger: Ledger) -> None:
    account = Listing([listed(IDS[0]), listed(IDS[1], permission=1), listed("9" * 24)])
    found = refresh_reviews(ledger, account, SiteName.REDNOTE, NOW)
    assert (account.read, found.listed, found.unsaid) == (1, 3, 0)
    assert found.by_review == {Review.PASSED: 2, Review.GONE: 1}
    assert len(found.changed) == 3
    rows = sorted(ledger.entries().values(), key=lambda row: row.post)
    assert [row.review for row in rows] == ["passed", "passed", "gone"]
    assert [row.visibility_now for row in rows] == ["public", "only-me", None]
    assert [row.state for row in rows] == [State.POSTED] * 3
    assert len(ledger.listed.all()) == 3


def test_what_the_list_says_anew_is_added_to_the_history_once(ledger: Ledger) -> None:
    account = Listing([listed(one) for one in IDS])
    for _ in range(2):
        found = refresh_reviews(ledger, account, SiteName.REDNOTE, NOW)
    assert found.changed == frozenset()
    assert [one.said for one in ledger.history.events() if one.kind == "seen"] == [
        "review: passed; public"
    ] * 3


def test_a_list_that_shows_none_of_the_notes_tells_nothing(ledger: Ledger) -> None:
    with pytest.raises(RetryLater, match="none of its 3 notes"):
        refresh_reviews(ledger, Listing([listed("9" * 24)]), SiteName.REDNOTE, NOW)
    assert {row.review for row in ledger.entries().values()} == {None}


def test_a_note_that_the_creator_deleted_stays_gone_with_their_word(ledger: Ledger) -> None:
    rows = list(ledger.entries().values())
    ledger.taken_back(rows[:1], "you deleted it", "mara")
    refresh_reviews(ledger, Listing([listed(one) for one in IDS[1:]]), SiteName.REDNOTE, NOW)
    kept = ledger.entries()[rows[0].post, 1]
    assert (kept.review, kept.review_reason) == ("gone", "you deleted it")
