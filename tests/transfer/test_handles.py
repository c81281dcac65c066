"""Posts of one second: of two TikTok accounts both go out, of a renamed one none goes out twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crossover.accounts.ledger.handles import files_by_post
from crossover.accounts.ledger.open import open_ledger, read_entries
from crossover.model.notes import Plan, State
from crossover.model.results import Refused
from crossover.transfer.outcome import Outcome
from tests.fakes import FakeSite, run_transfer
from tests.makers import ACCOUNT, image, plan, post, try_again


def run(made: Plan, handle: str | None, site: FakeSite, path: Path) -> list[Outcome]:
    """One run for the TikTok account `handle`."""
    with open_ledger(path, ACCOUNT, handle, files_by_post(made.notes)) as ledger:
        return run_transfer(replace(made, handle=handle), site, ledger)


def states(made: Plan, handle: str | None, path: Path) -> list[State]:
    entries = read_entries(path, handle, files_by_post(made.notes))
    return [entries[note.key].state for note in made.notes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def of_otto(number: int, **fields: object) -> Plan:
    other = replace(post(number), media=post(number + 50).media, text=f"Otto's words {number}")
    return plan(replace(other, **fields))  # type: ignore[arg-type]


def test_two_accounts_that_posted_in_the_same_second_both_go_out(path: Path) -> None:
    mara, otto, site = plan(post(1)), of_otto(1), FakeSite()
    run(mara, "mara", site, path)
    run(otto, "otto", site, path)
    assert [note.title for note in site.notes] == ["Words of post 1", "Otto's words 1"]
    assert states(mara, "mara", path) == states(otto, "otto", path) == [State.POSTED]
    run(mara, "mara", site, path)
    run(otto, "otto", site, path)
    assert len(site.notes) == 2


@pytest.mark.parametrize(
    "again",
    [plan(post(1)), of_otto(1, media=post(1).media), of_otto(1, text=post(1).text)],
    ids=["all of it", "its files", "its words"],
)
def test_what_went_out_under_another_handle_is_kept_back(path: Path, again: Plan) -> None:
    site = FakeSite()
    run(plan(post(1)), "mara", site, path)
    for told in (1, 0):
        assert len(run(again, "mara.new", site, path)) == told
        with open_ledger(path, ACCOUNT, "mara.new") as ledger:
            (kept,) = ledger.entries().values()
        assert (kept.state, kept.attempt) == (State.UNKNOWN, 0)
        assert kept.reason == "a post of the same second went out from @mara: is it the same one?"
    assert len(site.notes) == 1


def test_a_run_without_a_handle_leaves_what_anothers_note_waits_for(path: Path) -> None:
    mara, otto, site = plan(post(1)), of_otto(1), FakeSite()
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.ready(mara.notes[0], "waits for its turn")
    run(otto, None, site, path)
    assert [note.title for note in site.notes] == ["Otto's words 1"]
    assert states(mara, "mara", path) == [State.READY]
    run(mara, "mara", site, path)
    assert states(mara, "mara", path) == [State.UNKNOWN], "asked about, not taken for the other"


def test_what_never_came_to_the_account_keeps_nothing_back(path: Path) -> None:
    site = FakeSite(answer=lambda _: Refused("no", "refused"))
    run(plan(post(1)), "mara", site, path)
    site.answer = lambda _: None
    run(plan(post(1)), "mara.new", site, path)
    assert len(site.notes) == 1


def test_a_handle_learnt_later_sends_nothing_twice(path: Path) -> None:
    """An export without a profile, then one with it; and the other way round."""
    site = FakeSite()
    for handle in (None, "mara", None):
        run(plan(post(1)), handle, site, path)
    assert len(site.notes) == 1


@pytest.mark.parametrize(("first", "then"), [("mara", None), (None, "mara")])
def test_what_shares_no_file_with_a_row_of_an_unknown_handle_is_asked_about(
    path: Path, first: str | None, then: str | None
) -> None:
    """It does not pass for posted, with a note that is another's; nor is it sent on a guess."""
    site = FakeSite()
    run(plan(post(1)), first, site, path)
    for _ in range(2):
        run(of_otto(1), then, site, path)
        assert states(of_otto(1), then, path) == [State.UNKNOWN]
        (entry,) = read_entries(path, then, files_by_post(of_otto(1).notes)).values()
        assert (entry.note_id, entry.attempt) == (None, 0)
        assert entry.reason
        assert "is it the same one?" in entry.reason
    assert states(plan(post(1)), first, path) == [State.POSTED]
    assert len(site.notes) == 1


def test_a_post_whose_words_changed_is_known_by_its_files(path: Path) -> None:
    site = FakeSite()
    run(plan(post(1)), None, site, path)
    run(plan(post(1, text="New words")), "mara", site, path)
    assert states(plan(post(1, text="New words")), "mara", path) == [State.POSTED]
    assert len(site.notes) == 1


def test_a_note_keeps_what_it_carried_and_how_its_post_was_cut(path: Path) -> None:
    first = plan(post(1, pictures=20))
    order = (*range(10, 0, -1), *range(20, 10, -1))
    again = plan(post(1, pictures=20, media=tuple(image(1, n) for n in order)))
    site = FakeSite(answer=lambda note: None if note.part[0] == 1 else Refused("no", "refused"))
    run(first, "mara", site, path)
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        one, two = (ledger.entry(note.key) for note in first.notes)
        try_again(again.notes[1], ledger)
    assert one
    assert two
    cut = tuple(tuple(media.sha256 for media in note.media) for note in first.notes)
    assert one.carried == two.carried
    assert one.carried
    assert (one.carried.text, one.carried.cut) == (first.notes[0].description, cut)
    site.answer = lambda _: None
    run(again, "mara", site, path)
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        two = ledger.entry(again.notes[1].key)
    assert two
    assert two.carried
    assert two.carried.cut == (cut[0], tuple(media.sha256 for media in again.notes[1].media))


def test_a_row_without_what_it_carried_is_known_by_its_title(path: Path) -> None:
    made, site = plan(post(1)), FakeSite()
    with open_ledger(path, ACCOUNT, "mara") as ledger:
        ledger.unknown(made.notes[0], "a note like this is already on the account")
    run(made, "mara.new", site, path)
    assert site.notes == []
