"""`status --refresh`: what the account's own list says of notes that were posted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crossover.model.account import SiteName
from tests.road.conftest import Run

FAULTS = """
faults:
  - {call: create, fault: review-refused, at: 2}
  - {call: create, fault: review-refused, at: 3, verdict: gone}
"""


def test_refused_and_gone_notes_are_shown_apart(
    run: Run, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = tmp_path / "faults.yaml"
    faults.write_text(FAULTS, "utf-8")
    run("upload", "-w", few, "--batch", 3, "--faults", faults)
    before = json.loads(run("status", "-w", few, "--json").out)
    assert {one["review"] for one in before["notes"]} == {"not-known", None}
    monkeypatch.setattr("crossover.transfer.report.review.load_limits", _no_lag)
    told = run("status", "-w", few, "--refresh")
    assert told.code == 0, told.said
    said = " ".join(told.said.split())
    assert "lists 2 notes. Of yours: 1 passed review, 1 refused by review, 1 gone." in said
    after = json.loads(run("status", "-w", few, "--json").out)
    reviews = [one["review"] for one in after["notes"] if one["state"] == "posted"]
    assert reviews == ["passed", "refused", "gone"]
    assert after["posted"] == 3
    report = json.loads(run("report", "-w", few, "--json").out)
    assert [one["review"] for one in report["notes"]][:3] == reviews


def _no_lag(site: SiteName) -> object:
    from dataclasses import replace

    from crossover.limits.limits import Limit, load_limits

    return replace(load_limits(site), list_lag_seconds=Limit(-1, "firm"))


def test_notes_posted_by_hand_are_looked_at_by_the_creator(
    run: Run, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSOVER_HOME", str(tmp_path / "data"))
    run("plan", "-w", few, "--to", "kit", "--account", "mila")
    told = run("status", "-w", few, "--refresh", "--json")
    assert told.code == 0
    assert json.loads(told.out)["found"] > 0
    assert "notes on rednote.com go out by hand" in " ".join(told.said.split())
