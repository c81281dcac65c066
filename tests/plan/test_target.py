"""A plan goes where the flags say, else where it went before, else to the practice account."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crossover.accounts.registry import account_for, keep_account
from crossover.errors import PlanOutOfDate, UsageProblem
from crossover.model.account import SiteName
from crossover.plan.document import write_plan
from crossover.plan.target import TargetChoice, check_planned_for, choose_target, target_of
from crossover.workspace import Workspace
from tests.makers import plan, post


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "move")


FOR_KIT = TargetChoice("kit", SiteName.XIAOHONGSHU, "mila")


def keep_plan_for_kit(workspace: Workspace) -> None:
    workspace.root.mkdir()
    for_kit = replace(plan(post(1)), to="kit", site=SiteName.XIAOHONGSHU, account="mila")
    write_plan(for_kit, workspace.plan)


def test_without_a_word_it_is_practice(workspace: Workspace) -> None:
    target = choose_target(workspace, TargetChoice())
    assert (target.to, target.account, target.is_practice) == (
        "rehearsal",
        workspace.practice,
        True,
    )


def test_what_flags_leave_open_is_as_planned(workspace: Workspace) -> None:
    keep_plan_for_kit(workspace)
    target = choose_target(workspace, TargetChoice())
    assert target == choose_target(workspace, FOR_KIT)
    assert (target.to, target.site, target.name) == ("kit", SiteName.XIAOHONGSHU, "mila")
    assert choose_target(workspace, TargetChoice("rehearsal")).is_practice


def test_the_only_account_of_a_site_need_not_be_named(workspace: Workspace) -> None:
    with pytest.raises(UsageProblem, match="Which account"):
        choose_target(workspace, TargetChoice("kit"))
    keep_account(account_for(SiteName.REDNOTE, "mila"))
    assert choose_target(workspace, TargetChoice("kit")).name == "mila"
    keep_account(account_for(SiteName.REDNOTE, "otto"))
    with pytest.raises(UsageProblem, match="mila, otto"):
        choose_target(workspace, TargetChoice("kit"))


@pytest.mark.parametrize(
    "wanted",
    [
        TargetChoice("nowhere"),
        TargetChoice("kit", SiteName.REHEARSAL, "mila"),
        TargetChoice("rehearsal", account="mila"),
        TargetChoice(site=SiteName.REDNOTE),
    ],
)
def test_what_does_not_fit_together_is_refused(workspace: Workspace, wanted: TargetChoice) -> None:
    with pytest.raises(UsageProblem):
        choose_target(workspace, wanted)


@pytest.mark.parametrize(
    "wanted",
    [
        TargetChoice("rehearsal"),
        TargetChoice("kit", SiteName.REDNOTE, "mila"),
        TargetChoice("kit", SiteName.XIAOHONGSHU, "otto"),
    ],
)
def test_a_plan_for_another_target_is_out_of_date(
    workspace: Workspace, wanted: TargetChoice
) -> None:
    keep_plan_for_kit(workspace)
    made = replace(plan(post(1)), to="kit", site=SiteName.XIAOHONGSHU, account="mila")
    check_planned_for(made, target_of(made, workspace, None))
    with pytest.raises(PlanOutOfDate, match="not for"):
        check_planned_for(made, choose_target(workspace, wanted))
