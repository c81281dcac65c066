"""`crossover undo`: a batch is listed, taken back in practice, and by hand where accounts are real."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from crossover.errors import RetryLater
from crossover.model.notes import State
from crossover.transfer.report.status import current_status
from tests.conftest import Run
from tests.fakes import stand_in_for_practice
from tests.transfer.resolve.test_practice import ONE, TWO, Practice
from tests.transfer.resolve.world import PACK, World, link_to


@pytest.fixture
def practice(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Practice:
    return Practice(tmp_path / "move", run, stand_in_for_practice(monkeypatch), monkeypatch)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    return World(tmp_path)


def test_the_last_batch_is_taken_back_and_nothing_of_it_goes_out_by_itself(
    practice: Practice,
) -> None:
    practice.upload()
    code, said = practice.type("undo")
    assert (code, len(practice.site.left())) == (2, 2)
    assert "1 “Garlic butter noodles”" in said
    assert "--take-back" in said
    code, said = practice.type("undo", "--take-back")
    assert (code, practice.site.left()) == (0, [])
    assert "2 notes taken back: 1-2" in said
    assert (practice.state(), practice.row.review) == (State.POSTED, "gone")
    practice.upload()
    assert practice.site.left() == []
    assert current_status(practice.workspace, None).ready == 0


def test_a_note_that_was_taken_back_can_be_sent_anew(practice: Practice) -> None:
    practice.upload()
    practice.type("undo", "--take-back")
    assert practice.type("again", "1", "--new-attempt")[0] == 0
    practice.upload()
    assert [note.id for note in practice.site.left()] == [ONE.id]
    assert (practice.state(), practice.row.review) == (State.POSTED, None)
    assert practice.kinds() == ["started", "posted", "taken-back", "again", "started", "posted"]


def test_only_the_batch_that_is_named_is_taken_back(practice: Practice) -> None:
    practice.upload(batch=1)
    practice.upload(batch=1)
    first, second = practice.runs()
    assert practice.type("undo", first, "--take-back")[0] == 0
    assert [note.id for note in practice.site.left()] == [TWO.id]
    code, said = practice.type("undo", "20200101-000000-abc")
    assert (code, f"There are: {second}, {first}." in said) == (2, True)


def test_stopped_in_between_the_same_command_goes_on(practice: Practice) -> None:
    practice.upload()
    calls: list[str] = []

    def cut(call: str) -> None:
        calls.append(call)
        if calls.count("removed") == 1 and call == "removed":
            raise RetryLater("No connection.", next="Later.")

    practice.site.at = cut
    assert practice.type("undo", "--take-back")[0] == 5
    practice.site.at = lambda _: None
    assert practice.type("undo", "--take-back")[0] == 0
    assert practice.site.left() == []
    assert practice.row.review == "gone"
    code, said = practice.type("undo", "--take-back")
    assert (code, "There is no batch to take back" in said) == (2, True)


def test_a_no_at_the_terminal_takes_nothing_back(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.upload()
    monkeypatch.setattr("crossover.cli.steps.confirm.is_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    assert practice.type("undo")[0] == 0
    assert len(practice.site.left()) == 2


def test_on_a_real_account_the_links_are_listed_and_only_your_word_is_written(
    world: World, run: Run
) -> None:
    world.hand_over_in_a_run(1, 2)
    run("resolve", "-w", world.workspace.root, "--link", f"1={link_to('a')}")
    code, said = run("undo", "-w", world.workspace.root, PACK)
    assert code == 0
    assert f"noodles and more words” {link_to('a')}" in said
    assert "1 note to delete by hand" in said
    assert "删除笔记" in said
    assert "2: handed to you, without a link" in said
    assert world.entries()[1].review is None
    code, said = run("undo", "-w", world.workspace.root, "--take-back")
    assert (code, world.entries()[1].review) == (2, None)
    assert "Notes on a real account are deleted by hand" in said
    code, said = run("undo", "-w", world.workspace.root, "--done")
    assert (code, "1 note taken back: 1. It is not sent again by itself" in said) == (0, True)
    entry = world.entries()[1]
    assert (entry.state, entry.review, entry.review_reason) == (
        State.POSTED,
        "gone",
        "you deleted it there",
    )
