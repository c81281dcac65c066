"""Whose the profile of a browser's window is: kept with its account once that has signed in, and
deleted when the creator signs out. Notes and what is known of them stay in any case.

A window of which nobody knows yet whose it will be has a folder of its own, beside the accounts.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from crossover.accounts.data_folder import data_folder
from crossover.accounts.folder import AccountFolder
from crossover.accounts.registry import (
    REAL_SITES,
    RealAccount,
    account_for,
    bind_user_id,
    fold_name,
    keep_account,
    list_accounts,
)
from crossover.destinations.studio.browser.window import PROFILE, close_window
from crossover.errors import UsageProblem, WrongAccount
from crossover.model.account import Account, SiteName
from crossover.model.next_step import Hint, Placeholder, step
from crossover.storage.os_errors import explain_os_error

_NEWCOMER = "signing-in"
_TRIES, _TRY_SECONDS = 20, 0.25
"""Windows lets go of a file some moments after its program has ended."""


@dataclass(frozen=True, slots=True)
class SignInPlace:
    """Where somebody signs in: the site whose page opens first, the folder that holds the window's
    profile, and the account that is expected, None where any may come."""

    site: SiteName
    folder: AccountFolder
    expected: RealAccount | None = None

    @property
    def profile(self) -> Path:
        return self.folder.path / PROFILE


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A real account that signed in. `moved`: its window was closed, because its profile went to the
    account's own folder."""

    account: RealAccount
    who: Account
    moved: bool


def choose_sign_in(site: str | None, name: str | None) -> SignInPlace:
    """Choose where to sign in: as the account that is named, else as the only one that signed in
    before, else as whoever comes. Touches nothing. Raises `UsageProblem` where it is not clear
    which account is meant, and for a site that has none."""
    if site is not None and site not in REAL_SITES:
        raise UsageProblem(
            f"There are no real accounts on {site!r}.",
            next=f"Name --site {' or '.join(REAL_SITES)}, or leave it out.",
        )
    known = [one for one in list_accounts() if site in (None, one.record.site)]
    if name is not None:
        named = [one for one in known if fold_name(one.record.name) == fold_name(name)]
        account = named[0] if named else account_for(SiteName(site or REAL_SITES[0]), name)
        return SignInPlace(account.record.site, account.folder, account)
    before = [one for one in known if (one.folder.path / PROFILE).is_dir()]
    if len(before) > 1:
        raise UsageProblem(
            f"Several accounts signed in before: {', '.join(map(_describe, before))}.",
            next=Hint(
                "Say which: ",
                step("login", "--account", Placeholder("NAME")),
                ". A new name opens a window of its own.",
            ),
        )
    if before:
        return SignInPlace(before[0].record.site, before[0].folder, before[0])
    first = SiteName(site) if site else (known[0].record.site if known else REAL_SITES[0])
    return SignInPlace(first, newcomer_folder())


def choose_sign_out(site: str | None, name: str | None) -> SignInPlace | None:
    """Choose which window to close for good: that of the account that is named, else the only one
    that there is. None where there is none. Raises `UsageProblem` where it is not clear which."""
    known = [one for one in list_accounts() if site in (None, one.record.site)]
    if name is not None:
        known = [one for one in known if fold_name(one.record.name) == fold_name(name)]
    windows = [
        SignInPlace(one.record.site, one.folder, one)
        for one in known
        if (one.folder.path / PROFILE).is_dir()
    ]
    if len(windows) > 1:
        names = [_describe(one.expected) for one in windows if one.expected]
        raise UsageProblem(
            f"Several accounts signed in: {', '.join(names)}.",
            next=Hint("Say which: ", step("logout", "--account", Placeholder("NAME")), "."),
        )
    if windows:
        return windows[0]
    newcomer = SignInPlace(SiteName.REDNOTE, newcomer_folder())
    return newcomer if name is None and newcomer.profile.is_dir() else None


def newcomer_folder() -> AccountFolder:
    """The folder of a window of which nobody knows yet whose it will be."""
    return AccountFolder(data_folder() / _NEWCOMER)


def keep_signed_in(place: SignInPlace, who: Account) -> SignedIn:
    """Keep the account that signed in at `place`, and the window's profile with it. The caller holds
    the place's folder.

    Raises `WrongAccount` where another one was expected, `Busy` where a run holds the account, and
    `RetryLater` where a window does not close; what it does not come to, the next call does.
    """
    account = _account_of(place, who)
    record = account.record
    moves = account.folder.path != place.folder.path
    with account.folder.hold("crossover login") if moves else nullcontext():
        if moves:
            _move_profile(place.profile, account.folder.path / PROFILE)
        keep_account(account)
        if record.user_id is None:
            account = bind_user_id(account, who.id)
    return SignedIn(account, who, moves)


def forget_sign_in(profile: Path) -> bool:
    """Close the window of this profile, and delete the profile with all that the browser kept in it.
    False where there is none. The caller holds the account. Raises `RetryLater` where the window
    stays open."""
    if not profile.is_dir():
        return False
    close_window(profile)
    _delete(profile)
    return True


def _account_of(place: SignInPlace, who: Account) -> RealAccount:
    same_id = [
        one
        for one in list_accounts()
        if one.record.site is who.site and one.record.user_id == who.id
    ]
    found = same_id[0] if same_id else account_for(who.site, who.name)
    expected = place.expected
    if expected is None:
        if found.record.user_id not in (None, who.id):
            raise _another(found, who)
        return found
    wanted = expected.record
    if wanted.site is who.site and wanted.user_id is not None:
        if wanted.user_id != who.id:
            raise _another(expected, who)
        return expected
    if not wanted.is_called_as(who):
        raise _another(expected, who)
    return expected if wanted.site is who.site else found


def _another(expected: RealAccount, who: Account) -> WrongAccount:
    return WrongAccount(
        f"The window is signed in as {who.name} (id {who.id}) on {who.site}, not as"
        f" {_describe(expected)}.",
        next=Hint(
            f"Sign out there and sign in as {expected.record.name}, then ",
            step("login", "--account", expected.record.name),
            f". For {who.name} a window of its own opens: ",
            step("login", "--account", who.name),
            ".",
        ),
    )


def _move_profile(source: Path, target: Path) -> None:
    """The session of `target`, where there is one, ended when the new one began: the site lets an
    account be signed in at one place."""
    forget_sign_in(target)
    close_window(source)
    _patiently(lambda: source.rename(target), target)


def _delete(profile: Path) -> None:
    _patiently(lambda: shutil.rmtree(profile), profile)


def _patiently(act: Callable[[], object], place: Path) -> None:
    """Do something to a profile whose browser has just ended."""
    for left in reversed(range(_TRIES)):
        try:
            act()
            return
        except FileNotFoundError:
            return  # an earlier try came to it
        except OSError as exc:
            if not left:
                raise explain_os_error(exc, place) from exc
            time.sleep(_TRY_SECONDS)


def _describe(account: RealAccount) -> str:
    return f"{account.record.name} on {account.record.site}"
