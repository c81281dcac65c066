"""A plan that does not know what went out of a post, of another workspace maybe, sends none of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.model.choices import Action, Edit
from crossover.model.notes import State
from crossover.model.results import Refused
from crossover.transfer.outcome import Step
from crossover.transfer.send import CUT_ANEW
from tests.fakes import FakeSite, run_transfer
from tests.makers import ACCOUNT, edited, image, plan, post, try_again


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", ACCOUNT, "mara") as opened:
        yield opened


def test_the_other_part_is_kept_back_and_a_new_plan_is_asked_for(ledger: Ledger) -> None:
    site = FakeSite()
    run_transfer(plan(post(1, pictures=18)), site, ledger)
    last = run_transfer(plan(post(1, pictures=20), post(2)), site, ledger)
    assert [(o.note.number, o.state) for o in last if o.step is Step.KEPT_BACK] == [
        ("1.2", State.READY)
    ]
    row = ledger.entries()[last[0].note.key]
    assert (row.state, row.attempt) == (State.READY, 0)
    assert row.reason == CUT_ANEW
    assert [note.number for note in site.notes] == ["1", "2"]


def test_also_where_the_plan_has_fewer_parts_than_went_out(ledger: Ledger) -> None:
    site = FakeSite(answer=lambda note: Refused("no", "no") if note.part[0] == 1 else None)
    run_transfer(plan(post(1, pictures=20)), site, ledger)
    site.answer = lambda _: None
    some = tuple(image(1, n) for n in range(9, 13))
    try_again(plan(post(1, pictures=20)).notes[0], ledger)
    assert [o.step for o in run_transfer(plan(post(1, pictures=4, media=some)), site, ledger)] == [
        Step.KEPT_BACK
    ]
    assert len(site.notes) == 1


def test_what_was_refused_before_another_cut_stands_in_the_way_of_no_part(ledger: Ledger) -> None:
    site = FakeSite(answer=lambda note: Refused("no", "no") if note.part[0] == 1 else None)
    run_transfer(plan(post(1, pictures=20)), site, ledger, batch=1)
    item = post(1, pictures=40)
    made = plan(item, sent=ledger.entries().values())
    run_transfer(made, site, ledger)
    assert [note.number for note in site.notes] == ["1.2", "1.3"]
    assert plan(item, sent=ledger.entries().values()) == made


def test_a_note_whose_number_is_not_the_next_one_keeps_its_pictures(ledger: Ledger) -> None:
    """Of new pictures in three notes the last went out, and those of the second were taken away."""
    site = FakeSite()
    run_transfer(plan(post(1, pictures=3)), site, ledger)
    moved = edited(n1_4=Edit(action=Action.MOVE))
    more = post(1, pictures=57)
    run_transfer(plan(more, edits=moved, sent=ledger.entries().values()), site, ledger)
    fewer = replace(more, media=more.media[:21] + more.media[39:])
    moved = edited(n1_2=Edit(action=Action.MOVE))
    made = plan(fewer, edits=moved, sent=ledger.entries().values())
    assert [(n.number, len(n.media)) for n in made.notes] == [("1.1", 3), ("1.2", 18), ("1.4", 18)]
    run_transfer(made, site, ledger)
    assert [note.number for note in site.notes] == ["1", "1.4", "1.2"]
    assert plan(fewer, edits=moved, sent=ledger.entries().values()) == made
