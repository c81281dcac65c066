"""A real account has one folder, found again by its name from everywhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.accounts.registry import (
    account_for,
    accounts_folder,
    bind_user_id,
    find_account,
    fold_name,
    keep_account,
    list_accounts,
    read_accounts,
)
from crossover.errors import UsageProblem
from crossover.model.account import SiteName


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "home"))


def test_an_account_is_found_however_its_name_is_written() -> None:
    keep_account(account_for(SiteName.REDNOTE, "Mila"))
    found = find_account(SiteName.REDNOTE, " mila ")
    assert found
    assert found.record.name == "Mila"
    assert find_account(SiteName.XIAOHONGSHU, "Mila") is None
    assert len(list_accounts()) == 1


def test_asking_for_an_account_makes_nothing() -> None:
    account_for(SiteName.REDNOTE, "mila")
    assert not accounts_folder().exists()
    assert find_account(SiteName.REDNOTE, "mila") is None


def test_its_id_on_the_site_is_learnt_and_its_folder_stays() -> None:
    account = account_for(SiteName.REDNOTE, "米拉")
    keep_account(account)
    bind_user_id(account, "5f00")
    found = account_for(SiteName.REDNOTE, "米拉")
    assert (found.record.user_id, found.folder) == ("5f00", account.folder)


@given(st.text(min_size=1).filter(fold_name))
def test_whatever_its_name_its_folder_lies_among_the_accounts(name: str) -> None:
    folder = account_for(SiteName.REDNOTE, name).folder.path
    assert folder.parent == accounts_folder()
    assert folder.name.isascii()
    assert (
        folder.name.removeprefix("rednote.com-")
        .strip("-_")
        .replace("-", "")
        .replace("_", "")
        .isalnum()
    )


@pytest.mark.parametrize("name", ["", " ", "\u3000"])
def test_a_name_without_a_letter_is_refused(name: str) -> None:
    with pytest.raises(UsageProblem, match="empty"):
        account_for(SiteName.REDNOTE, name)


@pytest.mark.parametrize(
    ("one", "other"), [("Straße", "STRASSE"), ("ﬁn", "fin"), ("Ame\u0301lie", "Amélie")]
)
def test_two_ways_to_write_a_name_are_one_account(one: str, other: str) -> None:
    keep_account(account_for(SiteName.REDNOTE, one))
    assert account_for(SiteName.REDNOTE, other).record.name == one


def test_a_name_that_looks_like_a_folder_of_another_is_an_account_of_its_own() -> None:
    chinese = account_for(SiteName.REDNOTE, "米拉")
    keep_account(chinese)
    like = account_for(SiteName.REDNOTE, chinese.record.key)
    assert like.folder != chinese.folder
    assert like.record.name == chinese.record.key


def test_the_same_name_on_two_sites_is_two_accounts() -> None:
    for site in (SiteName.REDNOTE, SiteName.XIAOHONGSHU):
        keep_account(account_for(site, "mila"))
    assert [one.record.site for one in list_accounts()] == ["rednote.com", "xiaohongshu.com"]
    assert len({one.folder.path for one in list_accounts()}) == 2


@pytest.mark.skipif(os.name == "nt", reason="modes of files are POSIX's")
def test_what_is_kept_of_an_account_is_its_owners_alone() -> None:
    account = account_for(SiteName.REDNOTE, "mila")
    keep_account(account)
    account.folder.path.chmod(0o777)
    keep_account(account)
    modes = [path.stat().st_mode & 0o077 for path in (account.folder.path, accounts_folder())]
    assert modes == [0, 0]
    assert (account.folder.path / "account.json").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_a_link_is_refused_and_told(tmp_path: Path) -> None:
    account = account_for(SiteName.REDNOTE, "mila")
    keep_account(account)
    account.folder.path.rename(tmp_path / "elsewhere")
    try:
        account.folder.path.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    for use in (lambda: keep_account(account), lambda: account_for(SiteName.REDNOTE, "mila")):
        with pytest.raises(UsageProblem, match="is a link"):
            use()
    assert [one.folder for one in read_accounts().damaged] == [account.folder.path]


def test_an_account_whose_file_is_damaged_or_gone_is_told_and_hides_no_other() -> None:
    for name in ("damaged", "gone", "sound"):
        keep_account(account_for(SiteName.REDNOTE, name))
    damaged, gone = (accounts_folder() / f"rednote.com-{name}" for name in ("damaged", "gone"))
    (damaged / "account.json").write_text("{")
    (gone / "account.json").rename(gone / "ledger.sqlite")
    known = read_accounts()
    assert [one.record.name for one in known.accounts] == ["sound"]
    assert [one.folder for one in known.damaged] == [damaged, gone]
