"""`crossover report`: one command, and everything is accounted for in files of the workspace."""

from __future__ import annotations

import json
from pathlib import Path

from tests.road.conftest import FEW, Run


def test_a_report_accounts_for_every_post(run: Run, few: Path, tmp_path: Path) -> None:
    run("upload", "-w", few, "--batch", 2)
    table = tmp_path / "all.csv"
    told = run("report", "-w", few, "--csv", table)
    assert told.code == 0, told.said
    assert "= 2 practised + " in told.said
    assert "Nothing is on RedNote." in (few / "report.html").read_text("utf-8")
    assert len(table.read_text("utf-8-sig").splitlines()) == 1 + FEW
    assert (few / "links.csv").read_text("utf-8-sig").startswith("tiktok_url,rednote_url,id,date")
    document = json.loads(run("report", "-w", few, "--json").out)
    assert document["found"] == sum(
        document[state]
        for state in json.loads(run("status", "-w", few, "--json").out)
        if isinstance(document.get(state), int) and state != "found"
    )
    first = next(one for one in document["notes"] if one["state"] == "posted")
    assert first["files"][0]["sha256"]
    assert [one["kind"] for one in first["history"]] == ["started", "posted"]
    assert document["runs"][0]["notes"] == 2


def test_a_file_of_the_creators_is_never_written_over(run: Run, few: Path) -> None:
    (few / "links.csv").write_text("number,link\n1,https://x\n", "utf-8")
    refused = run("report", "-w", few)
    assert refused.code == 2
    assert "no earlier report wrote it" in " ".join(refused.said.split())
    assert (few / "links.csv").read_text("utf-8") == "number,link\n1,https://x\n"
    assert not (few / "report.html").exists()


def test_a_report_is_written_again_over_its_own_files(run: Run, few: Path) -> None:
    assert [run("report", "-w", few).code for _ in range(2)] == [0, 0]
