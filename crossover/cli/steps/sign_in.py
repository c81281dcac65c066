"""Waits before a window until somebody signed in there, and hears the keys meanwhile."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path

from crossover.cli.keys import typed_keys
from crossover.cli.view.screen import is_terminal
from crossover.cli.view.sign_in import (
    show_other_site,
    show_signed_in_before,
    show_waiting_for_sign_in,
)
from crossover.destinations.studio.account.signed_in import HOME
from crossover.destinations.studio.account.signing_in import SigningIn, signing_in
from crossover.destinations.studio.browser.debugging_port import read_port
from crossover.destinations.studio.browser.window import open_window
from crossover.errors import Interrupted, LoginNeeded
from crossover.model.account import Account, SiteName
from crossover.model.next_step import Hint, step

SIGN_IN_MINUTES = 15.0
"""So long at most it is waited for somebody to sign in (our choice)."""

_STOP, _OTHER_SITE = "q", "x"


def wait_for_account(profile: Path, site: SiteName, origins: Mapping[SiteName, str]) -> Account:
    """Open the window of this profile at the site's page, and wait until somebody is signed in to
    one of the sites, whose studios have these `origins`. The window stays open.

    Raises `LoginNeeded` where nobody does in time, `Interrupted` where the creator stops it, and
    what `open_window` raises.
    """
    with (
        open_window(profile, start_url=f"{origins[site]}{HOME}") as window,
        signing_in(window, origins) as signing,
    ):
        signing.open_site(site)
        if account := signing.signed_in_before():
            show_signed_in_before()
            return account
        port = read_port(profile)
        others = [one for one in origins if one is not site]
        show_waiting_for_sign_in(site, others if is_terminal() else [], port.port if port else None)
        try:
            return _wait(signing, others)
        except KeyboardInterrupt:
            raise _stopped() from None


def _wait(signing: SigningIn, others: list[SiteName]) -> Account:
    end = time.monotonic() + SIGN_IN_MINUTES * 60
    with typed_keys() if is_terminal() else nullcontext(lambda: "") as typed:
        while time.monotonic() < end:
            if account := signing.look():
                return account
            keys = typed()
            if _STOP in keys:
                raise _stopped()
            if _OTHER_SITE in keys and others:
                show_other_site(others[0])
                signing.open_site(others[0])
    raise LoginNeeded(
        f"Nobody signed in within {SIGN_IN_MINUTES:g} minutes.",
        next=Hint("The window stays open. To go on waiting: ", step("login"), "."),
    )


def _stopped() -> Interrupted:
    return Interrupted(
        "Nobody is signed in yet.",
        next=Hint("The window stays open. To go on: ", step("login"), "."),
    )
