"""`crossover login`: sign in with the creator's own browser, and keep which account that is."""

from __future__ import annotations

from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.cli.options import (
    AccountOption,
    JsonOption,
    RehearsalOption,
    SiteOption,
    VerboseOption,
    WorkspaceOption,
)
from crossover.cli.run import logged
from crossover.cli.steps.account import find_workspace_if
from crossover.cli.steps.sign_in import wait_for_account
from crossover.cli.view.next_step import Flags, show_next
from crossover.cli.view.screen import data, needs_stdout
from crossover.cli.view.sign_in import (
    show_practice_signed_in,
    show_signed_in,
    signed_in_as_json,
)
from crossover.destinations.open import STUDIO, Target
from crossover.errors import UsageProblem
from crossover.model.account import SiteName
from crossover.model.next_step import step
from crossover.plan.target import TargetChoice, choose_target, planned_target
from crossover.storage.documents import to_json
from crossover.workspace import Workspace, logs_without_workspace


def login(
    chosen: WorkspaceOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Sign in to RedNote in your own browser. A window of its own opens; you sign in there by
    hand, and it stays open for the notes.

    While it is open, programs on this computer can reach it, and nobody else. --site rehearsal
    practises it; without --site and --account it is where your plan goes.
    """
    if as_json:
        needs_stdout()
    if site is None and account is None and (planned := planned_in_browser(chosen)):
        site, account = planned.site, planned.name or None
    workspace = find_workspace_if(chosen, needed=site == SiteName.REHEARSAL)
    if site == SiteName.REHEARSAL and workspace:
        if account is not None:
            raise UsageProblem("Practice has one account of its own, without a name to give.")
        _practise(workspace, Flags(chosen, rehearsal), verbose, as_json=as_json)
        return
    from crossover.destinations.sites import HOSTS
    from crossover.transfer.sign_in import choose_sign_in, keep_signed_in

    place = choose_sign_in(site, account)
    origins = {one: hosts.origin for one, hosts in HOSTS.items()}
    logs = workspace.logs if workspace else logs_without_workspace()
    with logged(logs, "login", verbose), place.folder.hold("crossover login"):
        who = wait_for_account(place.profile, place.site, origins)
        signed_in = keep_signed_in(place, who)
    if as_json:
        data(to_json(signed_in_as_json(signed_in)))
        return
    show_signed_in(signed_in)
    record = signed_in.account.record
    target = Target(STUDIO, record.site, signed_in.account.folder.path, record.name)
    if workspace is None:
        following = step("")
    elif planned_target(workspace) == target:
        following = step("upload")
    else:
        following = step("plan", *target.flags)
    show_next(following, Flags(chosen, rehearsal))


def planned_in_browser(chosen: Path | None) -> Target | None:
    """Where the plan on disk goes, if that is through the browser."""
    workspace = find_workspace_if(chosen, needed=False)
    planned = planned_target(workspace) if workspace else None
    return planned if planned and planned.to == STUDIO else None


def _practise(workspace: Workspace, flags: Flags, verbose: int, *, as_json: bool) -> None:
    from crossover.destinations.practice import running_rehearsal
    from crossover.destinations.sites import rehearsal_hosts
    from crossover.destinations.studio.browser.window import PROFILE

    choice = TargetChoice(STUDIO, SiteName.REHEARSAL, rehearsal=flags.rehearsal)
    target = choose_target(workspace, choice)
    with (
        logged(workspace.logs, "login", verbose),
        AccountFolder(target.account).hold("crossover login"),
        running_rehearsal(target.account) as server,
    ):
        origins = {target.site: rehearsal_hosts(server.port).origin}
        who = wait_for_account(target.account / PROFILE, target.site, origins)
    if as_json:
        data(to_json({"site": who.site, "name": who.name, "id": who.id}))
        return
    show_practice_signed_in(who)
    planned = planned_target(workspace)
    ready = (planned.to, planned.site) == (target.to, target.site)
    show_next(step("upload") if ready else step("plan", *target.flags), flags)
