"""Which account a command is about that names one: by its flags, else that of the plan."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.registry import RealAccount, account_for, find_account, list_accounts
from crossover.destinations.open import KIT
from crossover.errors import UsageProblem
from crossover.model.calendar import CalendarRules
from crossover.model.next_step import Hint, Placeholder, step
from crossover.plan.target import TargetChoice, choose_target
from crossover.settings.rules import read_calendar_rules
from crossover.workspace import Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """A real account, and the workspace of this run, None where there is none."""

    account: RealAccount
    workspace: Workspace | None

    @property
    def rules(self) -> CalendarRules:
        """When notes go out, as the workspace says; the defaults without one. Raises `UsageProblem`
        for wrong rules."""
        if self.workspace is None:
            return CalendarRules()
        return read_calendar_rules(self.workspace.rules)


def find_real_account(
    command: str, chosen: Path | None, site: str | None, name: str | None
) -> NamedAccount:
    """Find the real account that the flags name, else the plan, else the only one known on the
    site. Raises `UsageProblem` where that is none, naming those that are known."""
    workspace = find_workspace_if(chosen, needed=name is None and not list_accounts())
    if name is None and site is None and workspace is not None:
        planned = choose_target(workspace, TargetChoice())
        if not planned.is_practice:
            return NamedAccount(account_for(planned.site, planned.name), workspace)
        raise UsageProblem(
            "Your plan is for practice, which has no pace: it takes everything at once.",
            next=Hint(
                "Name a real account: ", step(command, "--account", Placeholder("NAME")), "."
            ),
            more=_known(),
        )
    target = choose_target(workspace or Workspace(Path()), TargetChoice(KIT, site, name))
    account = find_account(target.site, target.name)
    if account is None:
        raise UsageProblem(
            f"No account {target.name!r} is known on {target.site}.",
            next="Name it as it was named when it was planned for." if list_accounts() else "",
            more=_known(),
        )
    return NamedAccount(account, workspace)


def find_workspace_if(chosen: Path | None, *, needed: bool) -> Workspace | None:
    """Find the workspace of this run; None where there is none, or not one alone, and none is
    `needed`. Raises `UsageProblem` for one that is named and is none."""
    if needed or chosen is not None:
        return find_workspace(chosen, Path.home())
    with suppress(UsageProblem):
        return find_workspace(None, Path.home())
    return None


def _known() -> tuple[str, ...]:
    names = [f"{one.record.name} on {one.record.site}" for one in list_accounts()]
    return (f"Known here: {', '.join(names)}.",) if names else ("No real account is known here.",)
