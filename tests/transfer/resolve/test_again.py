"""`crossover again`: a new attempt is the creator's own wish, shown first, and makes no double."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import typer

from crossover.accounts.warnings import AccountWarnings
from crossover.errors import AccountAtRisk
from crossover.model.notes import State
from crossover.model.results import Refused
from crossover.plan.document import write_plan
from tests.conftest import Run
from tests.fakes import stand_in_for_practice
from tests.transfer.resolve.test_practice import MADE, ONE, TWO, Practice
from tests.transfer.resolve.world import World, link_to


@pytest.fixture
def practice(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Practice:
    return Practice(tmp_path / "move", run, stand_in_for_practice(monkeypatch), monkeypatch)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    return World(tmp_path)


@pytest.fixture
def again(run: Run, world: World) -> Run:
    return lambda *arguments: run("again", "-w", world.workspace.root, *arguments)


def refuse_the_first(practice: Practice) -> None:
    practice.site.answer = lambda note: Refused("no cats", "refused") if note == ONE else None
    practice.upload()
    practice.site.answer = lambda _: None
    assert practice.state() is State.FAILED


def test_a_refused_note_goes_out_anew_with_what_was_changed_since(practice: Practice) -> None:
    refuse_the_first(practice)
    title = "Noodles, without cats"
    write_plan(replace(MADE, notes=(replace(ONE, title=title), TWO)), practice.workspace.plan)
    code, said = practice.type("again", "1")
    assert (code, practice.state()) == (2, State.FAILED)
    assert "refused" in said
    assert "no cats" in said
    assert f"title before: {ONE.title} now: {title}" in said
    assert "crossover again 1 --new-attempt" in said
    code, said = practice.type("again", "1", "--new-attempt")
    assert (code, practice.state()) == (0, State.READY)
    assert "Note 1 goes out anew with the next upload." in said


def test_yes_to_ordinary_questions_is_no_answer(practice: Practice) -> None:
    refuse_the_first(practice)
    assert practice.type("again", "1", "--yes")[0] == 2
    assert practice.state() is State.FAILED


def test_a_no_at_the_terminal_changes_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_the_first(practice)
    monkeypatch.setattr("crossover.cli.steps.confirm.is_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    assert practice.type("again", "1")[0] == 0
    assert practice.state() is State.FAILED
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: True)
    assert practice.type("again", "1")[0] == 0
    assert practice.state() is State.READY


def test_a_new_attempt_is_sent_once_and_its_history_tells_of_both(practice: Practice) -> None:
    refuse_the_first(practice)
    practice.type("again", "1", "--new-attempt")
    practice.upload()
    practice.upload()
    assert [note.id for note in practice.site.notes] == [TWO.id, ONE.id]
    assert (practice.state(), practice.row.attempt) == (State.POSTED, 2)
    assert practice.kinds() == ["started", "failed", "again", "started", "posted"]


def test_while_the_old_note_stands_there_nothing_is_sent_anew_whatever_flag_is_given(
    practice: Practice,
) -> None:
    practice.upload()
    code, said = practice.type("again", "1", "--new-attempt")
    assert (code, practice.state()) == (2, State.POSTED)
    assert "Note 1 is still on the account" in said
    assert "Delete it there first" in said
    practice.upload()
    assert len(practice.site.notes) == 2


def test_what_is_unclear_is_settled_first(practice: Practice) -> None:
    practice.leave(lambda _: None)
    code, said = practice.type("again", "1", "--new-attempt")
    assert (code, practice.state()) == (2, State.STARTED)
    assert "crossover resolve 1" in said


def test_a_note_that_goes_out_anyway_needs_no_new_attempt(practice: Practice) -> None:
    code, said = practice.type("again", "2", "--new-attempt")
    assert (code, "goes out with the next upload" in said) == (2, True)


def test_nothing_is_tried_anew_while_the_account_is_held(practice: Practice) -> None:
    refuse_the_first(practice)
    risk = AccountAtRisk("It wants to see that you are a person.")
    AccountWarnings(practice.workspace.practice).write_hold(risk, "the practice account")
    assert practice.type("again", "1", "--new-attempt")[0] == 6
    assert practice.state() is State.FAILED


def test_a_lost_pack_is_handed_out_anew_and_a_deleted_note_with_a_warning(
    world: World, again: Run, run: Run
) -> None:
    world.hand_over(1, 2)
    run("resolve", "-w", world.workspace.root, "--link", f"2={link_to('a')}")
    code, said = again("1")
    assert (code, "handed to you in pack 2026-11-27-1" in said) == (2, True)
    assert again("1", "--new-attempt")[0] == 0
    code, said = again("2")
    assert (code, world.states()) == (2, {1: "ready", 2: "posted"})
    assert f"it was at {link_to('a')}" in said
    assert "crossover cannot look at mila on rednote.com: look yourself" in said
    assert again("2", "--new-attempt")[0] == 0
    assert world.states() == {1: "ready", 2: "ready"}
    assert world.entries()[1].out_at is None, "it never went out"
    assert world.entries()[2].out_at is not None, "it did, and counts for its day"
