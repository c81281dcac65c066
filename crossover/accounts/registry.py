"""The real accounts that notes go to, each in a folder of the user's data folder.

    accounts/<site>-<key>/account.json    whose account it is
    accounts/<site>-<key>/…               its ledger, lock and hold, as in `folder`

An account is known by the name that the creator gives; its id on the site is learnt where a
destination can tell. Every workspace and destination finds the same folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crossover.accounts.data_folder import data_folder
from crossover.accounts.folder import AccountFolder
from crossover.errors import CrossoverError, UsageProblem
from crossover.model.account import Account, SiteName
from crossover.storage.atomic import make_private_folder
from crossover.storage.documents import read_document, write_document
from crossover.storage.os_errors import explain_os_error

REAL_SITES = (SiteName.REDNOTE, SiteName.XIAOHONGSHU)
"""The sites with real accounts; the first is the default."""

_FORMAT, _VERSION = "account", 1
_HASHED = re.compile(r"-[0-9a-f]{8}$")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """Whose account this is. `key` names its folder and is its id in the ledger, for good; `name`
    is as the creator wrote it, `user_id` its id on the site, None until that is known."""

    key: str
    site: SiteName
    name: str
    user_id: str | None
    made: datetime

    def is_of(self, who: Account) -> bool:
        """Whether a session of `who` on its site is of this account: by the id once that is known."""
        return self.is_called_as(who) if self.user_id is None else self.user_id == who.id

    def is_called_as(self, who: Account) -> bool:
        """Whether the creator gave it the name, or the number, that `who` has on the site."""
        return fold_name(self.name) in (fold_name(who.name), fold_name(who.id))


@dataclass(frozen=True, slots=True)
class RealAccount:
    """A real account and its folder. Making the value touches nothing."""

    record: AccountRecord
    folder: AccountFolder

    @property
    def for_ledger(self) -> Account:
        """The account as its ledger knows it."""
        return Account(self.record.site, self.record.key, self.record.name)


@dataclass(frozen=True, slots=True)
class DamagedAccount:
    """A folder among the accounts of which it cannot be read whose it is, and why."""

    folder: Path
    error: CrossoverError


@dataclass(frozen=True, slots=True)
class KnownAccounts:
    """All real accounts of this user."""

    accounts: tuple[RealAccount, ...]
    damaged: tuple[DamagedAccount, ...]


def accounts_folder() -> Path:
    """Return the folder of all real accounts, also where it is not there yet."""
    return data_folder() / "accounts"


def read_accounts() -> KnownAccounts:
    """Read the real accounts, by site and name, and those that cannot be read. Changes nothing.
    Raises `UsageProblem` where the folder of all may not be read."""
    accounts: list[RealAccount] = []
    damaged: list[DamagedAccount] = []
    for folder in _account_folders():
        try:
            accounts.append(_read(folder))
        except CrossoverError as exc:
            damaged.append(DamagedAccount(folder, exc))
    accounts.sort(key=lambda one: (one.record.site, fold_name(one.record.name)))
    return KnownAccounts(tuple(accounts), tuple(damaged))


def list_accounts() -> tuple[RealAccount, ...]:
    """List the real accounts as `read_accounts` does, without those that cannot be read."""
    return read_accounts().accounts


def find_account(site: SiteName, name: str) -> RealAccount | None:
    """Find the account of that name on a site, None where it is not known yet. Raises
    `CrossoverError` where its account.json cannot be read."""
    path = _folder_for(site, name)
    if (path / "account.json").exists():
        return _read(path)
    same = (one for one in list_accounts() if one.record.site is site)
    return next((one for one in same if fold_name(one.record.name) == fold_name(name)), None)


def account_for(site: SiteName, name: str) -> RealAccount:
    """The account of that name on a site, as it is known or will be. Touches nothing. Raises
    `UsageProblem` for an empty name, and like `find_account`."""
    if not fold_name(name):
        raise UsageProblem("The account's name is empty.", next="Name it as you see it there.")
    record = AccountRecord(_key_for(name), site, name, None, datetime.now(UTC))
    return find_account(site, name) or RealAccount(record, AccountFolder(_folder_for(site, name)))


def keep_account(account: RealAccount) -> None:
    """Write down whose account it is, where that is not known yet. Raises what `write_document`
    raises."""
    folder = account.folder.path
    _check_own(folder)
    if not (folder / "account.json").exists():
        _write(account)
    with suppress(OSError):  # a disk without modes
        folder.chmod(0o700)


def bind_user_id(account: RealAccount, user_id: str) -> RealAccount:
    """Write the account's id on the site, which a destination told. The caller holds the account.
    Raises what `write_document` raises."""
    bound = replace(account, record=replace(account.record, user_id=user_id))
    _write(bound)
    return bound


def fold_name(name: str) -> str:
    """Make a name comparable: case and the way its letters are coded tell no accounts apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _key_for(name: str) -> str:
    folded = fold_name(name)
    if _PLAIN.fullmatch(folded) and not _HASHED.search(folded):
        return folded
    # A name may hold anything; a folder's name may not.
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:24]
    code = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain or 'account'}-{code}"


def _folder_for(site: SiteName, name: str) -> Path:
    return accounts_folder() / f"{site}-{_key_for(name)}"


def _write(account: RealAccount) -> None:
    folder = account.folder.path
    try:
        make_private_folder(accounts_folder())
        make_private_folder(folder)
    except OSError as exc:
        raise explain_os_error(exc, folder) from exc
    write_document(folder / "account.json", _FORMAT, _VERSION, account.record)


def _read(folder: Path) -> RealAccount:
    _check_own(folder)
    record = read_document(folder / "account.json", _FORMAT, _VERSION, AccountRecord)
    return RealAccount(record, AccountFolder(folder))


def _check_own(folder: Path) -> None:
    """Raise `UsageProblem` for a folder that is a link: whoever has its target could put another
    ledger there."""
    is_junction = getattr(os.path, "isjunction", lambda _: False)  # Python 3.12, Windows
    if folder.is_symlink() or is_junction(folder):
        raise UsageProblem(
            f"{folder} is a link to another folder, so it is not used.",
            next="Put the folder itself there. To keep all accounts elsewhere, set CROSSOVER_HOME.",
        )


def _account_folders() -> list[Path]:
    """List the folders of accounts, also where the file is gone that says whose each is."""
    root = accounts_folder()
    try:
        folders = sorted(root.iterdir()) if root.is_dir() else []
    except OSError as exc:
        raise explain_os_error(exc, root, reading=True) from exc
    names = ("account.json", "ledger.sqlite")
    return [folder for folder in folders if any((folder / name).exists() for name in names)]
