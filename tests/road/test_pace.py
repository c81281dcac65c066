"""A real account goes at its pace, and rests when the creator says so, whatever workspace asks."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crossover.accounts.pace import AccountPace
from crossover.accounts.registry import RealAccount, account_for, keep_account
from crossover.model.account import SiteName
from crossover.workspace import Workspace
from tests.makers import post
from tests.road.conftest import Run
from tests.road.test_next_step import planned


@pytest.fixture
def mila(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealAccount:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    account = account_for(SiteName.REDNOTE, "Mila")
    keep_account(account)
    return account


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace whose plan is for practice."""
    made = Workspace(tmp_path / "w")
    planned(made, post())
    return made.root


def pace(account: RealAccount) -> AccountPace:
    return AccountPace(account.folder.path)


def in_days(days: int) -> date:
    return datetime.now(UTC).astimezone().date() + timedelta(days=days)


def test_a_pause_lasts_until_its_day_and_tells_how_to_end_it(run: Run, mila: RealAccount) -> None:
    until = in_days(20)
    done = run("pause", "--account", "mila", "--until", until)
    assert done.code == 0, done.said
    assert f"Mila on rednote.com is paused until {until:%a} {until.day} {until:%b %Y}" in done.said
    assert "`crossover resume --account Mila`" in done.said
    assert pace(mila).read().paused_until == until


def test_a_pause_without_a_day_lasts_until_resume(run: Run, mila: RealAccount) -> None:
    assert "paused for now" in run("pause", "--account", "mila").said
    assert pace(mila).read().is_paused(in_days(40_000))
    resumed = run("resume", "--account", "mila")
    assert "Mila on rednote.com goes on, at its pace." in resumed.said
    assert "1 note may go out now. Next sitting: " in resumed.said
    assert not pace(mila).read().is_paused(in_days(0))
    assert "is not paused" in run("resume", "--account", "mila").said


@pytest.mark.parametrize("until", ["2020-01-01", "tomorrow", "2026-13-01", ""])
def test_a_pause_ends_on_a_day_that_is_ahead(run: Run, mila: RealAccount, until: str) -> None:
    assert run("pause", "--account", "mila", "--until", until).code == 2
    assert pace(mila).read().paused_since is None


def test_practice_has_no_pace_and_says_so(run: Run, mila: RealAccount, place: Path) -> None:
    refused = run("pause", "-w", place)
    assert refused.code == 2
    assert "practice, which has no pace" in refused.said
    assert f"Known here: {mila.record.name} on rednote.com." in refused.said


def test_a_name_that_is_not_known_pauses_nothing(run: Run, mila: RealAccount) -> None:
    refused = run("pause", "--account", "mika")
    assert refused.code == 2
    assert "Known here: Mila on rednote.com." in refused.said
    assert [folder.name for folder in mila.folder.path.parent.iterdir()] == ["rednote.com-mila"]


def test_the_account_of_the_plan_is_paused_before_anything_went_to_it(
    run: Run, place: Path, mila: RealAccount
) -> None:
    to_kit = ("plan", "-w", place, "--to", "kit", "--account", "mika")
    assert run(*to_kit).code == 0
    assert "mika on rednote.com is paused" in run("pause", "-w", place).said
    assert pace(account_for(SiteName.REDNOTE, "mika")).read().paused_since
    assert pace(mila).read().paused_since is None


def test_the_creator_says_that_an_earlier_clock_is_right(run: Run, mila: RealAccount) -> None:
    pace(mila).begin_sitting(datetime.now(UTC) + timedelta(days=3652))
    told = run("resume", "--account", "mila")
    assert "The clock of this computer says" in told.said
    assert "`crossover resume --clock-is-right --account Mila`" in told.said
    right = run("resume", "--clock-is-right", "--account", "mila")
    assert right.code == 0
    assert "Nothing more goes out today" in right.said
    assert "Next sitting: " in right.said


def test_a_faster_pace_is_told_with_its_risk_on_a_real_account_alone(
    run: Run, place: Path, mila: RealAccount
) -> None:
    faster = ("plan", "-w", place, "--set", "pace.later=9")
    assert "safe rate" not in run(*faster).said
    said = " ".join(run(*faster, "--to", "kit", "--account", mila.record.name).said.split())
    assert "1 a day in the first week, then 9" in said
    assert "Nobody knows a safe rate (Nov 2026)" in said
    assert "safe rate" not in run("plan", "-w", place, "--set", "pace.later=3").said


def test_nothing_goes_out_while_it_is_paused_and_nothing_is_asked(
    run: Run, place: Path, mila: RealAccount
) -> None:
    run("plan", "-w", place, "--to", "kit", "--account", "mila")
    until = in_days(9)
    run("pause", "-w", place, "--until", until)
    told = run("upload", "-w", place)
    assert told.code == 0
    said = " ".join(told.said.split())
    assert f"You paused this account until {until:%a} {until.day} {until:%b %Y}" in said
    assert f"To go on before: `crossover resume -w {place}`." in said
    ended = json.loads(run("upload", "-w", place, "--json").out)
    assert (ended["state"], ended["error"], ended["handed"]) == ("done", "nothing-due", 0)
    run("resume", "-w", place)
    assert run("upload", "-w", place).code == 2, "the risk is asked about first"


def test_a_second_pack_on_a_day_that_had_its_note_is_for_the_days_that_follow(
    run: Run, few: Path, mila: RealAccount
) -> None:
    run("plan", "-w", few, "--to", "kit", "--account", mila.record.name)
    upload = ("upload", "-w", few, "--accept-risk", "--account-empty")
    (agree,) = re.findall(r"--approve ([0-9a-f]+)", run(*upload).said)
    first = run(*upload, "--approve", agree)
    assert first.code == 0, first.said
    link = f"1=https://www.rednote.com/explore/{'5' * 24}"
    assert run("resolve", "-w", few, "--link", link).code == 0
    again = json.loads(run(*upload, "--first-note-ok", "--json").out.splitlines()[0])
    days = [datetime.fromisoformat(one["due"]).astimezone().date() for one in again["notes"]]
    assert days == [in_days(ahead) for ahead in range(1, 6)]
