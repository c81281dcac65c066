"""Where a plan goes: as flags say, else as the plan on disk, else to the practice account."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.registry import REAL_SITES, account_for, fold_name, list_accounts
from crossover.destinations.open import DESTINATIONS, PRACTICE, Target
from crossover.errors import PlanOutOfDate, UsageProblem
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, Placeholder, step
from crossover.model.notes import Plan
from crossover.plan.document import read_plan
from crossover.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """What the flags of a command say of its target; None is left open. `rehearsal` is the folder
    of a practice account that stands in for the workspace's own."""

    to: str | None = None
    site: str | None = None
    account: str | None = None
    rehearsal: Path | None = None


def choose_target(workspace: Workspace, wanted: TargetChoice) -> Target:
    """Find the target that the flags name. What they leave open is as in the plan on disk, else the
    practice account; the account of a real site is the only one known there.

    Raises `UsageProblem` for a destination or site that is not there, where an account must be
    named, and for a practice folder that holds something else.
    """
    plan: Plan | None = None
    with suppress(PlanOutOfDate):
        plan = read_plan(workspace.plan)
    to = wanted.to or (plan.to if plan else PRACTICE)
    if to not in DESTINATIONS:
        raise UsageProblem(
            f"{to!r} is no destination of this version.",
            next=f"There are: {', '.join(DESTINATIONS)}.",
        )
    if to == PRACTICE:
        _check_no_account(wanted)
        return _practice(workspace, wanted.rehearsal)
    before = plan if plan and plan.to != PRACTICE else None
    site = _real_site(wanted.site or (before.site if before else REAL_SITES[0]))
    name = wanted.account or (before.account if before and before.site is site else _only_one(site))
    return _real(to, site, name)


def target_of(plan: Plan, workspace: Workspace, rehearsal: Path | None) -> Target:
    """The target of a plan that was read; `rehearsal` as in `TargetChoice`. Raises `UsageProblem` for a
    practice folder that holds something else."""
    if plan.to == PRACTICE:
        return _practice(workspace, rehearsal)
    return _real(plan.to, plan.site, plan.account)


def planned_target(workspace: Workspace) -> Target:
    """The target of the plan on disk; the practice account where there is no sound plan."""
    try:
        return target_of(read_plan(workspace.plan), workspace, None)
    except PlanOutOfDate:
        return _practice(workspace, None)


def check_planned_for(plan: Plan, target: Target) -> None:
    """Raise `PlanOutOfDate` where the plan is for another destination, site or account."""
    if (plan.to, plan.site, plan.account) == (target.to, target.site, target.name):
        return
    flags = ["--to", target.to]
    if not target.is_practice:
        flags += ["--site", target.site, "--account", target.name]
    raise PlanOutOfDate(
        f"The plan is for {_describe(plan.to, plan.site, plan.account)}, not for"
        f" {_describe(target.to, target.site, target.name)}.",
        next=Hint("Run ", step("plan", *flags), "."),
    )


def is_account(target: Target, site: str, name: str) -> bool:
    """Whether the target is the account of that name on that site."""
    return (target.site, fold_name(target.name)) == (site, fold_name(name))


def _describe(to: str, site: SiteName, account: str) -> str:
    return to if to == PRACTICE else f"{to} ({account} on {site})"


def _practice(workspace: Workspace, chosen: Path | None) -> Target:
    if chosen is not None:
        from crossover.destinations.practice import check_folder  # starts processes

        check_folder(chosen)
    return Target(PRACTICE, SiteName.REHEARSAL, chosen or workspace.practice)


def _real(to: str, site: SiteName, name: str) -> Target:
    account = account_for(site, name)
    return Target(to, site, account.folder.path, account.record.name)


def _real_site(name: str) -> SiteName:
    for site in REAL_SITES:
        if site == name:
            return site
    raise UsageProblem(
        f"There are no real accounts on {name!r}.",
        next=f"Name --site {' or '.join(REAL_SITES)}, or leave it out.",
    )


def _check_no_account(wanted: TargetChoice) -> None:
    if wanted.account or wanted.site not in (None, SiteName.REHEARSAL):
        raise UsageProblem(
            "Practice has one account of its own; a site or an account is for real ones.",
            next=Hint("To post by hand, say so: ", step("plan", "--to", "kit"), "."),
        )


def _only_one(site: SiteName) -> str:
    known = [one.record.name for one in list_accounts() if one.record.site is site]
    if len(known) == 1:
        return known[0]
    raise UsageProblem(
        f"Which account on {site}? Known here: {', '.join(known)}."
        if known
        else f"Which account on {site} shall your notes go to?",
        next=Hint(
            "Name it as you see it there: ",
            step("plan", "--to", "kit", "--account", Placeholder("NAME")),
            ".",
        ),
    )
