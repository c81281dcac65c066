"""The folder of an account comes back from an old copy: what went out since is known, or looked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.open import open_ledger
from crossover.plan.document import read_plan
from crossover.rehearsal.store.store import read_notes
from crossover.workspace import Workspace
from tests.makers import ACCOUNT, post
from tests.road.conftest import FEW, Crossover, Run, Typed
from tests.road.test_next_step import next_line, planned, posted, started


@pytest.mark.complete
def test_what_went_out_after_the_copy_is_asked_about_and_not_sent_again(
    typed: Typed, few: Path, tmp_path: Path
) -> None:
    """The site had changed the words, so it would not refuse the same notes as doubles."""
    account, copy = few / "rehearsal", tmp_path / "copy"
    faults = tmp_path / "faults.yaml"
    faults.write_text("faults:\n  - {call: create, fault: edited-text, how: shorten}\n")
    assert typed("upload", "-w", few, "--batch", 3, "--faults", faults).returncode == 0
    copy.mkdir()
    for name in ("ledger.sqlite", "ledger.json"):
        shutil.copy(account / name, copy)
    assert typed("upload", "-w", few, "--faults", faults).returncode == 0
    for path in copy.iterdir():
        shutil.copy(path, account)
    elsewhere = Crossover(tmp_path / "another home")
    again = elsewhere("upload", "-w", few)
    assert again.returncode == 0, "on hold is no failure"
    assert "3  on hold" in again.stderr
    assert again.stderr.count("already on the account?") == FEW - 3
    assert len(read_notes(account)) == FEW


def test_where_the_computer_knows_better_the_copy_counts_only_when_the_creator_says_so(
    run: Run, tmp_path: Path
) -> None:
    place = Workspace(tmp_path / "w")
    planned(place, post(1), post(2), sent=posted)
    ledger, copy = AccountFolder(place.practice).ledger, tmp_path / "copy"
    shutil.copy(ledger, copy)
    with open_ledger(ledger, ACCOUNT, "mara") as opened:
        started(opened, read_plan(place.plan).notes[1])
    shutil.copy(copy, ledger)
    release = f"crossover accounts release -w {place.root}"
    refused = run("upload", "-w", place.root)
    assert refused.code == 1
    assert f"`{release}`" in refused.said
    assert "holds 1 of 2 tries" in run("accounts", "-w", place.root).said
    asked = run("accounts", "release", "-w", place.root, "--lift-hold")
    assert asked.code == 2
    assert "all 2 tries" in asked.said
    assert f"`crossover accounts release --accept-ledger -w {place.root}`" in asked.said
    accepted = run("accounts", "release", "-w", place.root, "--accept-ledger")
    assert accepted.code == 0
    assert next_line(accepted.said) == f"crossover upload -w {place.root}"
    assert "1 note practised" in run("accounts", "-w", place.root).said
