"""Held means held: after a warning sign nothing is sent, from anywhere, until it is lifted by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from crossover.accounts.warnings import AccountWarnings
from crossover.errors import AccountAtRisk
from crossover.workspace import Workspace
from tests.makers import post
from tests.road.conftest import Run, copied, kept
from tests.road.test_next_step import next_line, planned

WHY = "The practice account wants to see that you are a person."


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A workspace with a note to send, whose account is held."""
    place = Workspace(tmp_path / "w")
    planned(place, post())
    hold(place.practice)
    return place.root


def hold(account: Path) -> None:
    AccountWarnings(account).write_hold(AccountAtRisk(WHY), "the practice account")


def is_held(account: Path) -> bool:
    return AccountWarnings(account).read_hold() is not None


def test_a_warning_holds_every_door_until_it_is_lifted(run: Run, few: Path, tmp_path: Path) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: permit, fault: captcha, at: 3}\n")
    other, account = copied(few, tmp_path / "other"), few / "rehearsal"
    first = run("upload", "-w", few, "--faults", faults)
    assert first.code == 6
    release = f"crossover accounts release -w {few}"
    assert f"`{release}`" in first.said
    again = run("upload", "-w", other, "--rehearsal", account)
    assert again.code == 6
    assert "is held" in again.said
    assert f"`crossover accounts release -w {other} --rehearsal {account}`" in again.said
    assert len(kept(account)) == 1
    assert next_line(run("-w", few).said) == release
    lifted = run("accounts", "release", "-w", few, "--lift-hold")
    assert lifted.code == 0, lifted.said
    assert WHY in " ".join(lifted.said.split())
    assert next_line(lifted.said) == f"crossover upload -w {few}"
    done = run("upload", "-w", few)
    assert done.code == 0, done.said
    assert len(set(kept(account))) == len(kept(account)) == 6


@pytest.mark.parametrize("command", ["upload", "upload --json", "status", "", "accounts"])
def test_every_screen_says_why_and_what_lifts_it(run: Run, held: Path, command: str) -> None:
    ended = run(*command.split(), "-w", held)
    assert ended.code == (6 if command.startswith("upload") else 0)
    assert WHY in " ".join(ended.said.split())
    assert ended.said.count(f"crossover accounts release -w {held}") == 1
    if command in ("status", ""):
        assert next_line(ended.said) == f"crossover accounts release -w {held}"
    if "--json" in command:
        assert json.loads(ended.out)["state"] == "held"
        assert json.loads(ended.out)["error"] == "account-held"


def test_the_guided_road_stops_before_it_asks(run: Run, held: Path) -> None:
    export = Path(__file__).parents[2] / "sample_exports" / "demo"
    place = Workspace(held.parent / "new")
    hold(place.practice)
    ended = run("migrate", export / "user_data_tiktok.json", "-w", place.root)
    assert ended.code == 6
    assert "Practise th" not in ended.said
    assert run("migrate", export / "user_data_tiktok.json", "-w", place.root, "--yes").code == 6


def test_programs_are_told_what_holds_the_account(run: Run, held: Path, tmp_path: Path) -> None:
    told = json.loads(run("status", "-w", held, "--json").out)["held"]
    assert told["reason"] == WHY
    assert told["site"] == "the practice account"
    assert told["since"].endswith("Z")
    free = run("status", "-w", held, "--rehearsal", tmp_path / "other", "--json")
    assert json.loads(free.out)["held"] is None


def test_a_hold_is_lifted_by_an_answer_or_its_own_flag_alone(
    run: Run, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = held / "rehearsal"
    unasked = run("accounts", "release", "-w", held)
    assert unasked.code == 2
    assert f"`crossover accounts release --lift-hold -w {held}`" in unasked.said
    assert run("accounts", "release", "-w", held, "--yes").code == 2
    monkeypatch.setattr("crossover.cli.commands.accounts.is_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    assert "nothing is sent" in run("accounts", "release", "-w", held).said
    assert is_held(account)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: True)
    lifted = run("accounts", "release", "-w", held)
    assert lifted.code == 0
    assert WHY in lifted.said
    assert not is_held(account)
    assert "Nothing holds" in run("accounts", "release", "-w", held).said


def test_the_account_that_is_named_is_the_one_that_is_released(
    run: Run, held: Path, tmp_path: Path
) -> None:
    """Also where it is named before the last word of the command."""
    other = tmp_path / "other"
    hold(other)
    named = ("-w", held, "--rehearsal", other)
    assert run("accounts", *named, "release", "--lift-hold").code == 0
    assert is_held(held / "rehearsal")
    assert not is_held(other)
    hold(other)
    assert run("accounts", "release", *named, "--lift-hold").code == 0
    assert not is_held(other)
