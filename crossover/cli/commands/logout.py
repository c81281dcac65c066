"""`crossover logout`: close the window of an account, and forget its sign-in."""

from __future__ import annotations

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
from crossover.cli.steps.account import find_workspace_if
from crossover.cli.steps.confirm import confirm_in_person
from crossover.cli.view.screen import say
from crossover.cli.view.sign_in import show_nobody_signed_in, show_signed_out
from crossover.destinations.open import STUDIO
from crossover.model.account import SiteName
from crossover.model.next_step import Hint, step
from crossover.plan.target import TargetChoice, choose_target
from crossover.workspace import logs_without_workspace

_NAMELESS = {True: "practice", False: "nobody signed in yet"}


def logout(
    chosen: WorkspaceOption = None,
    site: SiteOption = None,
    account: AccountOption = None,
    rehearsal: RehearsalOption = None,
    yes: YesOption = False,
    verbose: VerboseOption = 0,
) -> None:
    """Close an account's window and forget its sign-in here. What is known of your notes stays."""
    from crossover.transfer.sign_in import SignInPlace, choose_sign_out, forget_sign_in

    workspace = find_workspace_if(chosen, needed=site == SiteName.REHEARSAL)
    place = None if site == SiteName.REHEARSAL else choose_sign_out(site, account)
    # Practice is signed out of by its name, and where there is nothing else.
    is_practice = site in (None, SiteName.REHEARSAL) and account is None
    if workspace and is_practice and (place is None or not place.profile.is_dir()):
        choice = TargetChoice(STUDIO, SiteName.REHEARSAL, rehearsal=rehearsal)
        folder = AccountFolder(choose_target(workspace, choice).account)
        place = SignInPlace(SiteName.REHEARSAL, folder)
    if place is None or not place.profile.is_dir():
        show_nobody_signed_in()
        return
    name = (
        place.expected.record.name
        if place.expected
        else _NAMELESS[place.site is SiteName.REHEARSAL]
    )
    given = (("--site", site), ("--account", account))
    flags = [word for flag, value in given if value for word in (flag, value)]
    say(
        f"The folder of the window ({name}) holds its sign-in, and drafts that the studio keeps there."
    )
    if not confirm_in_person(
        yes,
        "Close the window, and delete them?",
        Hint("Say it with its flag: ", step("logout", *flags, "--yes"), "."),
        unchanged="Everything stays as it is.",
    ):
        say("Everything stays as it is.")
        return
    logs = workspace.logs if workspace else logs_without_workspace()
    with logged(logs, "logout", verbose), place.folder.hold("crossover logout"):
        forget_sign_in(place.profile)
    show_signed_out(name)
