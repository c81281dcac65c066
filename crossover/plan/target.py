"""Where a plan goes: as flags say, else as the plan on disk, else to the practice account."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.registry import REAL_SITES, account_for, fold_name, list_accounts
from crossover.destinations.open import DESTINATIONS, KIT, PRACTICE, STUDIO, Target
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
    if to == PRACTICE or (to == STUDIO and _is_practice(wanted, plan)):
        _check_no_account(wanted)
        return _practice(to, workspace, wanted.rehearsal)
    before = plan if plan and plan.site is not SiteName.REHEARSAL else None
    site = _real_site(wanted.site or (before.site if before else _likely_site(wanted)))
    if wanted.account:
        return _real(to, site, wanted.account)
    return _real(
        to, site, before.account if before and before.site is site else _only_one(to, site)
    )


def _is_practice(wanted: TargetChoice, plan: Plan | None) -> bool:
    """Whether the studio is to be practised in. A name is of a real account."""
    if wanted.site or wanted.account:
        return wanted.site == SiteName.REHEARSAL
    return plan is not None and (plan.to, plan.site) == (STUDIO, SiteName.REHEARSAL)


def target_of(plan: Plan, workspace: Workspace, rehearsal: Path | None) -> Target:
    """The target of a plan that was read; `rehearsal` as in `TargetChoice`. Raises `UsageProblem` for a
    practice folder that holds something else."""
    if plan.site is SiteName.REHEARSAL:
        return _practice(plan.to, workspace, rehearsal)
    return _real(plan.to, plan.site, plan.account)


def planned_target(workspace: Workspace) -> Target:
    """The target of the plan on disk; the practice account where there is no sound plan."""
    try:
        return target_of(read_plan(workspace.plan), workspace, None)
    except PlanOutOfDate:
        return _practice(PRACTICE, workspace, None)


def check_planned_for(plan: Plan, target: Target) -> None:
    """Raise `PlanOutOfDate` where the plan is for another destination, site or account."""
    if (plan.to, plan.site, plan.account) == (target.to, target.site, target.name):
        return
    raise PlanOutOfDate(
        f"The plan is for {_describe(plan.to, plan.site, plan.account)}, not for"
        f" {_describe(target.to, target.site, target.name)}.",
        next=Hint("Run ", step("plan", *target.flags), "."),
    )


def is_account(target: Target, site: str, name: str) -> bool:
    """Whether the target is the account of that name on that site."""
    return (target.site, fold_name(target.name)) == (site, fold_name(name))


def _describe(to: str, site: SiteName, account: str) -> str:
    if to == PRACTICE:
        return to
    return f"{to} ({f'{account} on {site}' if account else 'practice'})"


def _practice(to: str, workspace: Workspace, chosen: Path | None) -> Target:
    if chosen is not None:
        from crossover.destinations.practice import check_folder  # starts processes

        check_folder(chosen)
    return Target(to, SiteName.REHEARSAL, chosen or workspace.practice)


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


def _likely_site(wanted: TargetChoice) -> SiteName:
    """The site that has all known accounts, by that name if one is given; else the default."""
    sites = {
        one.record.site
        for one in list_accounts()
        if not wanted.account or fold_name(one.record.name) == fold_name(wanted.account)
    }
    return sites.pop() if len(sites) == 1 else REAL_SITES[0]


def _check_no_account(wanted: TargetChoice) -> None:
    if wanted.account or wanted.site not in (None, SiteName.REHEARSAL):
        raise UsageProblem(
            "Practice has one account of its own; a site or an account is for real ones.",
            next=Hint(
                "To post through your own browser, say so: ",
                step("plan", "--to", STUDIO),
                "; by hand: ",
                step("plan", "--to", KIT),
                ".",
            ),
        )


def _only_one(to: str, site: SiteName) -> str:
    known = [one.record.name for one in list_accounts() if one.record.site is site]
    if len(known) == 1:
        return known[0]
    named = step("plan", "--to", to, "--account", Placeholder("NAME"))
    hint = Hint("Name it as you see it there: ", named, ".")
    if to == STUDIO and not known:
        hint = Hint(
            "Sign in first: ",
            step("login", "--site", site),
            ". To practise in your own browser before: ",
            step("plan", "--to", STUDIO, "--site", SiteName.REHEARSAL),
            ".",
        )
    raise UsageProblem(
        f"Which account on {site}? Known here: {', '.join(known)}."
        if known
        else f"Which account on {site} shall your notes go to?",
        next=hint,
    )
