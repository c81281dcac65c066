"""A real account has one folder, found again by its name from everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.accounts.registry import (
    account_for,
    accounts_folder,
    bind_user_id,
    find_account,
    keep_account,
    list_accounts,
)
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


@given(st.text(min_size=1))
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
