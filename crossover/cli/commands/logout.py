"""`crossover logout`: close the window of an account, and forget its sign-in."""

from __future__ import annotations

from pathlib import Path

from crossover.accounts.folder import AccountFolder
from crossover.cli.options import (
    AccountOption,
    RehearsalOption,
    SiteOption,
    VerboseOption,
    WorkspaceOption,
    YesOption,
)
from crossover.cli.run import logged
from crossover.cli.steps.account import find_real_account
from crossover.cli.steps.confirm import confirm_in_person
from crossover.cli.view.pace import account_flags
from crossover.cli.view.screen import say
from crossover.cli.view.sign_in import show_signed_out
from crossover.destinations.open import STUDIO
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, step
from crossover.plan.target import TargetChoice, choose_target
from crossover.workspace import find_workspace, logs_without_workspace


def logout(
    chosen: WorkspaceOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    yes: YesOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Close an account's window and forget its sign-in here. What is known of your notes stays."""
    from crossover.destinations.studio.browser.window import PROFILE
    from crossover.transfer.sign_in import forget_sign_in

    flags: tuple[str, ...]
    if site == SiteName.REHEARSAL:
        workspace = find_workspace(chosen, Path.home())
        choice = TargetChoice(STUDIO, SiteName.REHEARSAL, rehearsal=rehearsal)
        folder = AccountFolder(choose_target(workspace, choice).account)
        name, flags, logs = "the practice account", ("--site", site), workspace.logs
    else:
        found = find_real_account("logout", chosen, site, account)
        record, folder = found.account.record, found.account.folder
        name, flags = record.name, account_flags(record.site, record.name)
        logs = found.workspace.logs if found.workspace else logs_without_workspace()
    profile = folder.path / PROFILE
    if not profile.is_dir():
        show_signed_out(name, was_signed_in=False)
        return
    say(f"The folder of {name}'s window holds its sign-in, and drafts that the studio keeps in it.")
    if not confirm_in_person(
        yes,
        "Close the window, and delete them?",
        Hint("Say it with its flag: ", step("logout", *flags, "--yes"), "."),
        unchanged="Everything stays as it is.",
    ):
        say("Everything stays as it is.")
        return
    with logged(logs, "logout", verbose), folder.hold("crossover logout"):
        gone = forget_sign_in(profile)
    show_signed_out(name, was_signed_in=gone)
