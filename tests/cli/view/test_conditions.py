"""Before the first note that crossover fills in on a real account, its creator reads what that means
and types its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from crossover.accounts.registry import account_for, bind_user_id
from crossover.cli.view.conditions import confirm_risk
from crossover.destinations.open import Target
from crossover.model.account import SiteName
from crossover.model.calendar import CalendarRules
from crossover.model.notes import Note
from crossover.model.posts import Visibility
from crossover.transfer.conditions.questions import RiskNotAccepted
from tests.makers import note

NOTE = note(number="17", title="Crispy roast potatoes", topics=("a", "b", "c"))

Type = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Lets the creator type these answers; those that were not asked for are left in the list."""

    def answers(*typed: str) -> list[str]:
        left = list(typed)
        monkeypatch.setattr(typer, "prompt", lambda *_, **__: left.pop(0))
        return left

    return answers


def asked(is_first: bool = True, one: Note = NOTE, to: str = "studio") -> RiskNotAccepted:
    account = account_for(SiteName.XIAOHONGSHU, "Mila")
    target = Target(to, SiteName.XIAOHONGSHU, account.folder.path, "Mila")
    return RiskNotAccepted(target, CalendarRules(), one, is_first)


def test_account_note_hand_and_risk_are_told_before_the_name_is_typed(
    types: Type, capfd: pytest.CaptureFixture[str]
) -> None:
    bind_user_id(account_for(SiteName.XIAOHONGSHU, "Mila"), "5f01")
    types("mila")
    assert confirm_risk(asked())
    told = " ".join(capfd.readouterr().err.split())
    assert "REAL ACCOUNT · RedNote “Mila” (xiaohongshu.com, id 5f01) · not practice" in told
    assert "One note, visible ONLY TO YOU: “Crispy roast potatoes” · " in told
    assert "· 3 topics" in told
    assert "Nobody who wrote crossover has seen RedNote's own page" in told
    assert "You press Publish. It never presses for you." in told
    assert "RedNote does not like automation; some accounts were warned or muted." in told
    assert "look at it on your phone" in told


def test_enter_alone_stops_and_another_name_is_asked_for_again(types: Type) -> None:
    types("")
    assert not confirm_risk(asked())
    left = types("yes", "MILA ", "not asked")
    assert confirm_risk(asked())
    assert left == ["not asked"]


def test_an_account_that_has_notes_is_told_of_the_next_and_who_sees_it(
    types: Type, capfd: pytest.CaptureFixture[str]
) -> None:
    types("mila")
    assert confirm_risk(asked(False, replace(NOTE, visibility=Visibility.FRIENDS)))
    told = " ".join(capfd.readouterr().err.split())
    assert "Next, seen by friends only: “Crispy roast potatoes”" in told
    assert "ONLY TO YOU" not in told
    assert "your phone" not in told


def test_whoever_posts_by_hand_is_asked_as_before(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: True)
    assert confirm_risk(asked(to="kit"))
    assert "automation" not in capfd.readouterr().err
