"""Signing in and out: what is waited for, and whose account it became."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crossover.cli.view.screen import say, say_points
from crossover.model.account import Account, SiteName
from crossover.text import one_line

if TYPE_CHECKING:  # it knows how browsers are driven
    from crossover.transfer.sign_in import SignedIn


def show_waiting_for_sign_in(site: SiteName, others: Sequence[SiteName], port: int | None) -> None:
    """Show where to sign in, who can reach the window, and which keys there are: one that opens the
    first of the `others`, where there are any."""
    practice = site is SiteName.REHEARSAL
    where = "the practice account" if practice else f"RedNote ({site})"
    say(f"A window of your browser is open at {where}. Sign in there.", style="bold")
    if practice:
        say(
            "Press the code in the corner of the page, then the button that pretends that your phone"
            " scanned it."
        )
    reached = f" (port {port})" if port else ""
    open_to = (
        f"As long as it is open, programs on this computer can reach it{reached}; nobody else can."
        " Closing the window ends that."
    )
    say_points(
        (
            "crossover reads which account it is, and nothing that you type.",
            "The window has a folder of its own: your other windows and sign-ins are not in it.",
            open_to,
        )
    )
    if others:
        say(
            f"Is your account on {others[0]}, as those made with a Chinese phone number (+86) are?"
            " Press x to open that. q stops."
        )
    say("Waiting until you are signed in …")


def show_signed_in_before() -> None:
    """Show that nobody has to sign in, and how somebody else could."""
    say("The window is signed in already. To sign in as somebody else, sign out there first.")


def show_other_site(site: SiteName) -> None:
    """Show that the other site is open too."""
    say(f"{site} is open beside it. Where you sign in, that is your account's site.")


def show_signed_in(signed_in: SignedIn) -> None:
    """Show whose account it is, on which site, and where its window is."""
    who, record = signed_in.who, signed_in.account.record
    say(f"Signed in: {one_line(who.name)} on {who.site} (id {one_line(who.id)}).", style="bold")
    if one_line(who.name) != one_line(record.name):
        say_points((f"crossover knows it as {one_line(record.name)}.",))
    if signed_in.moved:
        after = (
            "The window was closed, so that its folder could go to this account. It opens again"
            " when it is needed, and you stay signed in."
        )
    else:
        after = "The window stays open. If you close it, it opens again when it is needed."
    say_points((after,))


def show_practice_signed_in(who: Account) -> None:
    """Show that practice may begin."""
    say(f"Signed in to the practice account: {one_line(who.name)}. Nothing leaves this computer.")


def signed_in_as_json(signed_in: SignedIn) -> dict[str, str | bool]:
    """Make the document for programs."""
    who, record = signed_in.who, signed_in.account.record
    return {
        "site": who.site,
        "name": who.name,
        "id": who.id,
        "account": record.name,
        "window_open": not signed_in.moved,
    }


def show_nobody_signed_in() -> None:
    """Show that there is nothing to sign out of."""
    say("Nobody is signed in with your browser here.")


def show_signed_out(name: str) -> None:
    """Show what is gone, and what stays."""
    say(f"The window ({one_line(name)}) is closed, and its folder is deleted.", style="bold")
    say_points(
        (
            "The list of what was sent, and everything else of this account, stays.",
            "RedNote may list this browser as signed in for a while. Its app can end that.",
        )
    )
