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


STUDIO_PRACTICE = TargetChoice("studio", SiteName.REHEARSAL)


def keep_plan(workspace: Workspace, to: str, site: SiteName, account: str = "") -> None:
    workspace.root.mkdir()
    write_plan(replace(plan(post(1)), to=to, site=site, account=account), workspace.plan)


def keep_plan_for_kit(workspace: Workspace) -> None:
    keep_plan(workspace, "kit", SiteName.XIAOHONGSHU, "mila")


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


def test_the_studio_is_practised_in_on_the_practice_account(workspace: Workspace) -> None:
    target = choose_target(workspace, STUDIO_PRACTICE)
    assert (target.to, target.account, target.name) == ("studio", workspace.practice, "")
    assert target.is_practice
    keep_plan(workspace, "studio", SiteName.REHEARSAL)
    assert choose_target(workspace, TargetChoice()) == target
    assert choose_target(workspace, TargetChoice("studio")) == target


def test_after_practice_in_the_studio_a_name_leads_to_the_real_account(
    workspace: Workspace,
) -> None:
    keep_plan(workspace, "studio", SiteName.REHEARSAL)
    target = choose_target(workspace, TargetChoice("studio", account="mila"))
    assert (target.site, target.name) == (SiteName.REDNOTE, "mila")
    with pytest.raises(UsageProblem, match="Which account"):
        choose_target(workspace, TargetChoice("kit"))


def test_from_packs_to_the_studio_the_account_stays(workspace: Workspace) -> None:
    keep_plan_for_kit(workspace)
    target = choose_target(workspace, TargetChoice("studio"))
    assert (target.to, target.site, target.name) == ("studio", SiteName.XIAOHONGSHU, "mila")


def test_the_site_is_that_of_the_only_account_that_signed_in(workspace: Workspace) -> None:
    keep_account(account_for(SiteName.XIAOHONGSHU, "mila"))
    target = choose_target(workspace, TargetChoice("studio"))
    assert (target.site, target.name) == (SiteName.XIAOHONGSHU, "mila")
    keep_account(account_for(SiteName.REDNOTE, "otto"))
    assert choose_target(workspace, TargetChoice("studio")).name == "otto"
    named = choose_target(workspace, TargetChoice("studio", account="Mila"))
    assert named.site is SiteName.XIAOHONGSHU


def test_the_studio_without_an_account_leads_to_signing_in_and_to_practice(
    workspace: Workspace,
) -> None:
    with pytest.raises(UsageProblem) as refused:
        choose_target(workspace, TargetChoice("studio"))
    assert "crossover login" in refused.value.next
    assert "crossover plan --to studio --site rehearsal" in refused.value.next


@pytest.mark.parametrize(
    "wanted",
    [
        TargetChoice("nowhere"),
        TargetChoice("studio", SiteName.REHEARSAL, "mila"),
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
        TargetChoice("studio"),
        STUDIO_PRACTICE,
        TargetChoice("kit", SiteName.REDNOTE, "mila"),
        TargetChoice("kit", SiteName.XIAOHONGSHU, "otto"),
    ],
)
def test_a_plan_for_another_target_is_out_of_date_and_the_right_one_is_named(
    workspace: Workspace, wanted: TargetChoice
) -> None:
    keep_plan_for_kit(workspace)
    made = replace(plan(post(1)), to="kit", site=SiteName.XIAOHONGSHU, account="mila")
    check_planned_for(made, target_of(made, workspace, None))
    with pytest.raises(PlanOutOfDate, match="not for"):
        check_planned_for(made, choose_target(workspace, wanted))
    target = choose_target(workspace, wanted)
    with pytest.raises(PlanOutOfDate) as refused:
        check_planned_for(made, target)
    words = refused.value.next.split("`")[1].split()
    named = dict(zip(words[2::2], words[3::2], strict=True))
    again = TargetChoice(named["--to"], named.get("--site"), named.get("--account"))
    assert choose_target(workspace, again) == target
