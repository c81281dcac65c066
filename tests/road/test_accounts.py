"""`crossover accounts` tells of every account, and lets the one go on that is named."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossover.accounts.ledger.open import open_ledger
from crossover.accounts.pace import AccountPace
from crossover.accounts.registry import RealAccount, account_for, accounts_folder, keep_account
from crossover.accounts.warnings import AccountWarnings
from crossover.errors import AccountAtRisk
from crossover.model.account import Marker, Receipt, SiteName
from crossover.model.carried import Carried
from crossover.workspace import Workspace
from tests.makers import note, post
from tests.road.conftest import Run
from tests.road.test_next_step import planned

WHY = "RedNote wants to see that you are a person."
NOTE = note()


@pytest.fixture
def mila(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealAccount:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    account = account_for(SiteName.REDNOTE, "Mila")
    keep_account(account)
    return account


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = Workspace(tmp_path / "w")
    planned(made, post())
    return made.root


def post_one(account: RealAccount, ago: timedelta = timedelta()) -> None:
    now = datetime.now(UTC) - ago
    carried = Carried("", None, ())
    with open_ledger(account.folder.ledger, account.for_ledger, "mara", now=lambda: now) as ledger:
        ledger.started(NOTE, Marker((), now), carried, day=now.astimezone().date())
        ledger.posted(NOTE, Receipt("6560f0000000000000000001", None, "seen"))


def hold(account: RealAccount) -> None:
    AccountWarnings(account.folder.path).write_hold(AccountAtRisk(WHY), "RedNote")


def words(text: str) -> str:
    return " ".join(text.split())


def test_all_accounts_are_listed_with_what_went_out_and_the_next_sitting(
    run: Run, place: Path, mila: RealAccount
) -> None:
    keep_account(account_for(SiteName.XIAOHONGSHU, "mila"))
    post_one(mila)
    told = run("accounts", "-w", place)
    assert told.code == 0
    said = words(told.said)
    assert "Practice account · " in said
    assert "no pace: practice takes everything at once" in said
    assert "Mila on rednote.com · " in said
    assert "1 note posted" in said
    assert "had its note: no more goes out. Next sitting: " in said
    assert "mila on xiaohongshu.com · " in said
    assert "next sitting: now, for 1 note" in said


def test_accounts_are_listed_from_anywhere(run: Run, mila: RealAccount) -> None:
    assert f"{mila.record.name} on rednote.com" in run("accounts").said


def test_programs_get_every_account(run: Run, place: Path, mila: RealAccount) -> None:
    post_one(mila, ago=timedelta(days=40))
    hold(mila)
    keep_account(account_for(SiteName.XIAOHONGSHU, "mila"))
    AccountPace(accounts_folder() / "xiaohongshu.com-mila").pause(datetime.now(UTC), None)
    (accounts_folder() / "rednote.com-lost").mkdir()
    (accounts_folder() / "rednote.com-lost" / "account.json").write_text("{")
    practice, real, paused, damaged = json.loads(run("accounts", "-w", place, "--json").out)
    assert (practice["site"], practice["held"]) == ("rehearsal", None)
    assert (real["name"], real["went_out"], real["notes"]["posted"]) == ("Mila", 1, 1)
    assert (real["held"]["reason"], real["may_go_out_now"]) == (WHY, 0)
    assert (paused["paused"], paused["paused_until"], paused["next_sitting"]) == (True, None, None)
    assert "damaged" in damaged["error"]


def test_a_damaged_account_hides_no_other(run: Run, mila: RealAccount) -> None:
    (mila.folder.path / "pace.json").write_text("{")
    keep_account(account_for(SiteName.REDNOTE, "nora"))
    said = words(run("accounts").said)
    assert "pace.json is damaged" in said
    assert "nora on rednote.com" in said


def test_a_real_account_goes_on_when_it_is_named(run: Run, mila: RealAccount) -> None:
    hold(mila)
    listed = words(run("accounts").said)
    assert WHY in listed
    assert "`crossover accounts release --account Mila`" in listed
    unasked = run("accounts", "release", "--account", "mila")
    assert unasked.code == 2
    assert "`crossover accounts release --lift-hold --account Mila`" in words(unasked.said)
    assert AccountWarnings(mila.folder.path).read_hold()
    lifted = run("accounts", "release", "--account", "mila", "--lift-hold")
    assert lifted.code == 0
    assert "in RedNote's app: Mila on rednote.com" in words(lifted.said)
    assert AccountWarnings(mila.folder.path).read_hold() is None


def test_the_account_of_the_plan_is_released(run: Run, place: Path, mila: RealAccount) -> None:
    hold(mila)
    assert run("plan", "-w", place, "--to", "kit", "--account", "mila").code == 0
    assert run("accounts", "release", "-w", place, "--lift-hold").code == 0
    assert AccountWarnings(mila.folder.path).read_hold() is None
