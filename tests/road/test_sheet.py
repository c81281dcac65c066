"""The words of the demo to a spreadsheet, changed there, and back into the plan and the account."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer

from crossover.rehearsal.store.store import read_notes
from crossover.sheet.rows import EDITABLE
from crossover.workspace import Workspace
from tests.makers import post
from tests.preview.pages import read_data
from tests.road.conftest import DEMO, Run, Typed, temp_files
from tests.road.test_next_step import next_line
from tests.road.test_next_step import planned as lay_out


def written(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def save(path: Path, rows: list[dict[str, str]]) -> None:
    """As Excel in Europe does."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


@pytest.fixture
def sheet(typed: Typed, planned: Path, tmp_path: Path) -> Path:
    path = tmp_path / "words.csv"
    done = typed("sheet", "out", path, "-w", planned)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "29 notes written" in done.stderr
    return path


def test_what_a_friend_translated_is_what_goes_out(
    typed: Typed, planned: Path, sheet: Path
) -> None:
    rows = written(sheet)
    rows[0] |= {"title": "我的小工作室 👋", "body": "以前是车库。\n下雨的时候还闻得到。"}
    rows[1]["action"] = "skip"
    save(sheet, rows)
    before = (planned / "plan.json").read_bytes()
    done = typed("sheet", "in", sheet, "-w", planned)
    assert done.returncode == 0, done.stderr
    assert "changes 1 title, 1 text, 1 action (2 notes)" in done.stderr
    assert "Next:  crossover plan" in done.stderr
    assert (planned / "plan.json").read_bytes() == before

    refused = typed("upload", "-w", planned)
    assert refused.returncode == 7
    assert "edits" in refused.stderr
    made = typed.json("plan", "-w", planned, "--json")
    assert (made["move"], made["skip"], made["hold"]) == (24, 1, 3)
    first, second = made["notes"][:2]
    assert (first["title"], first["body"]) == (rows[0]["title"], rows[0]["body"])
    assert {"field": "title", "after": rows[0]["title"], "why": "you said so"}.items() <= next(
        c for c in first["changes"] if c["field"] == "title"
    ).items()
    assert (second["action"], second["reason"]) == ("skip", "you said so")
    assert typed("upload", "-w", planned, "--batch", 1).returncode == 0
    (held,) = read_notes(planned / "rehearsal")
    assert held.title == rows[0]["title"]
    assert held.desc.startswith(rows[0]["body"])

    again = typed("sheet", "in", sheet, "-w", planned)
    assert "It changes nothing." in again.stderr
    late = [{**row, "title": "另一个"} if row is rows[0] else row for row in rows]
    save(sheet, late)
    assert "left there as it is: 1." in typed("sheet", "in", sheet, "-w", planned).stderr


@pytest.mark.parametrize("name", ["a.csv", "a.yaml"])
def test_out_and_in_changes_nothing_and_writes_nothing(
    typed: Typed, planned: Path, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    assert typed("sheet", "out", path, "-w", planned).returncode == 0
    first = path.read_bytes()
    done = typed("sheet", "in", path, "-w", planned)
    assert (done.returncode, "It changes nothing." in done.stderr) == (0, True)
    assert not (planned / "edits.yaml").exists()
    assert typed("sheet", "out", path, "-w", planned, "--yes").returncode == 0
    assert path.read_bytes() == first
    assert temp_files(tmp_path) == []


def test_a_sheet_with_words_in_it_is_not_written_over(
    typed: Typed, planned: Path, sheet: Path
) -> None:
    sheet.write_bytes(b"precious")
    done = typed("sheet", "out", sheet, "-w", planned)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert sheet.read_bytes() == b"precious"


def test_a_sheet_that_was_brought_in_is_written_anew_and_one_that_was_not_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, path = Workspace(tmp_path / "w"), tmp_path / "words.csv"
    lay_out(place, post(text=None, media=()))
    out, into = ("sheet", "out", path, "-w", place.root), ("sheet", "in", path, "-w", place.root)
    assert run(*out).code == 0
    empty = path.read_bytes()
    save(path, [row | {"body": "My own words"} for row in written(path)])
    filled = path.read_bytes()
    refused = run(*out)
    assert refused.code == 2
    assert f"`crossover sheet in {path} -w {place.root}`" in refused.said
    monkeypatch.setattr("crossover.cli.commands.sheet.is_terminal", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: False)
    kept = run(*out)
    assert kept.code == 0
    assert next_line(kept.said) == f"crossover sheet in {path} -w {place.root}"
    assert path.read_bytes() == filled
    assert run(*into).code == 0
    monkeypatch.setattr(typer, "confirm", lambda *_, **__: pytest.fail("asked"))
    assert run(*out).code == 0
    assert path.read_bytes() not in (empty, filled)


def test_dry_run_only_shows(typed: Typed, planned: Path, sheet: Path) -> None:
    rows = written(sheet)
    rows[0]["title"] = "x" * 47
    save(sheet, rows)
    done = typed("sheet", "in", sheet, "-w", planned, "--dry-run")
    assert done.returncode == 0
    assert "47 of 40 letters" in done.stderr
    assert not (planned / "edits.yaml").exists()


def test_a_mistake_points_at_its_cell_and_nothing_is_taken(
    typed: Typed, planned: Path, sheet: Path
) -> None:
    rows = written(sheet)
    rows[0]["title"] = "Good"
    rows[12]["visibility"] = "privat"
    save(sheet, rows)
    done = typed("sheet", "in", sheet, "-w", planned)
    assert done.returncode == 2
    assert "row 14, column visibility: 'privat'" in done.stderr
    assert not (planned / "edits.yaml").exists()


def test_wider_than_on_tiktok_needs_its_own_yes(typed: Typed, planned: Path, sheet: Path) -> None:
    rows = written(sheet)
    private = next(row for row in rows if row["visibility"] == "only-me")
    private["visibility"] = "public"
    save(sheet, rows)
    done = typed("sheet", "in", sheet, "-w", planned)
    assert done.returncode == 2
    assert f"more people than on TikTok: {private['number']}." in done.stderr
    assert not (planned / "edits.yaml").exists()
    assert typed("sheet", "in", sheet, "-w", planned, "--wider").returncode == 0
    made = typed.json("plan", "-w", planned, "--json")
    (note,) = [n for n in made["notes"] if n["number"] == private["number"]]
    assert (note["action"], note["visibility"]) == ("move", "public")
    assert [p["code"] for p in note["problems"]] == ["wider"]


def test_add_knows_a_sheet_when_it_sees_one(typed: Typed, planned: Path, sheet: Path) -> None:
    rows = written(sheet)
    rows[2]["topics"] = "coffee"
    save(sheet, rows)
    posts = (planned / "posts.json").read_bytes()
    done = typed("add", sheet, "-w", planned)
    assert done.returncode == 0, done.stderr
    assert "changes 1 list of topics (1 note)" in done.stderr
    assert "topics: [coffee]" in (planned / "edits.yaml").read_text("utf-8")
    assert (planned / "posts.json").read_bytes() == posts


@pytest.mark.parametrize("command", ["plan", "upload", "sheet out x.csv"])
def test_wrong_edits_are_named_by_line_and_nothing_is_done(
    typed: Typed, planned: Path, command: str, tmp_path: Path
) -> None:
    (planned / "edits.yaml").write_text("version: 1\nnotes:\n  1:\n    titel: x\n")
    files = {p: p.read_bytes() for p in planned.glob("*.*") if p.is_file()}
    name, *rest = [str(tmp_path / a) if a == "x.csv" else a for a in command.split()]
    done = typed(name, *rest, "-w", planned)
    assert done.returncode == 2
    assert "edits.yaml, line 4: `titel`" in done.stderr
    assert {p: p.read_bytes() for p in planned.glob("*.*") if p.is_file()} == files


def test_what_every_column_of_a_sheet_says_is_in_the_next_plan(
    typed: Typed, planned: Path, sheet: Path
) -> None:
    said = {
        "body": "Words of my own",
        "title_candidate": "2",
        "topics": "#one",
        "visibility": "only-me",
        "declaration": "fiction",
        "original": "yes",
        "action": "hold",
    }
    assert {*said, "title"} == {*EDITABLE}
    rows = rows_now(typed, planned, sheet)
    rows[5] |= said
    rows[8]["title"] = "A title of my own"
    save(sheet, rows)
    assert typed("sheet", "in", sheet, "-w", planned).returncode == 0
    notes = {note["number"]: note for note in done_notes(typed, planned)}
    note = notes[rows[5]["number"]]
    assert (note["body"], note["topics"], note["visibility"]) == (said["body"], ["one"], "only-me")
    assert (note["declaration"], note["original"], note["action"]) == ("fiction", True, "hold")
    assert note["title"] == note["title_candidates"][1]
    assert notes[rows[8]["number"]]["title"] == "A title of my own"


def test_an_edit_of_no_note_is_told_by_line_and_stays_in_the_file(
    typed: Typed, planned: Path, sheet: Path
) -> None:
    (planned / "edits.yaml").write_text("version: 1\nnotes:\n  7.9: {title: x}\n")
    lost = "edits.yaml, line 3: there is no note 7.9: post 7 goes out as 7.1 and 7.2."
    for command in ("plan", "status"):
        done = typed(command, "-w", planned)
        assert done.returncode == 0
        assert lost in " ".join(done.stderr.split())
        said: dict[str, Any] = typed.json(command, "-w", planned, "--json")
        assert [problem["code"] for problem in said["problems"]] == ["edit-lost"]
    (problem,) = read_data(planned / "preview.html")["problems"]
    assert lost in problem["message"]
    rows = rows_now(typed, planned, sheet)
    rows[0]["title"] = "Another title"
    save(sheet, rows)
    assert typed("sheet", "in", sheet, "-w", planned).returncode == 0
    kept = (planned / "edits.yaml").read_text("utf-8")
    assert "'7.9':" in kept
    assert "Another title" in kept


def test_a_choice_of_a_title_that_is_gone_is_told_by_plan_and_status(
    typed: Typed, planned: Path
) -> None:
    (planned / "edits.yaml").write_text(
        "version: 1\nnotes:\n  6: {title_candidate: [2, Gone since]}\n"
    )
    for command in ("plan", "status"):
        said = " ".join(typed(command, "-w", planned).stderr.split())
        assert "You chose 'Gone since' of the titles in its words" in said
    assert "Note 6: You chose" in said


def test_status_counts_a_post_with_a_part_left_out_where_the_rest_stands(
    typed: Typed, planned: Path
) -> None:
    (planned / "edits.yaml").write_text("version: 1\nnotes:\n  7.2: {action: skip}\n")
    assert typed("plan", "-w", planned).returncode == 0
    assert typed("upload", "-w", planned).returncode == 0
    status: dict[str, Any] = typed.json("status", "-w", planned, "--json")
    assert (status["posted"], status["skip"], status["hold"]) == (25, 0, 3)
    plan = json.loads((planned / "plan.json").read_text("utf-8"))
    assert (plan["move"], plan["notes_total"]) == (25, 25)


@pytest.mark.complete
def test_a_file_that_a_sheet_names_goes_out_and_stays(
    typed: Typed, planned: Path, sheet: Path
) -> None:
    rows = written(sheet)
    bare = next(row for row in rows if row["file"] == "" and row["kind"] == "video")
    other = next(DEMO.glob("3 seconds in the bucket*.mp4"))
    shutil.copy(other, sheet.parent / "IMG_2034.MOV")
    bare["file"] = "IMG_2034.MOV"
    bare["title"] = "200 kilos"
    save(sheet, rows)
    done = typed("migrate", DEMO, sheet, "-w", planned, "--yes")
    assert done.returncode == 0, done.stderr
    assert "Files for 1 post:" in done.stderr
    (post,) = [n for n in done_notes(typed, planned) if n["number"] == bare["number"]]
    assert (post["action"], post["title"]) == ("move", "200 kilos")
    sha256 = post["media"][0]["sha256"]
    (held,) = [n for n in read_notes(planned / "rehearsal") if n.title == "200 kilos"]
    assert sha256 == held.media[0].sha256
    # A file with the post's TikTok id in its name comes later.
    tiktok_id = bare["link"].rpartition("/")[2]
    shutil.copy(next(DEMO.glob("12 km*.mp4")), sheet.parent / f"{tiktok_id}.mp4")
    again = typed("add", sheet.parent / f"{tiktok_id}.mp4", "-w", planned)
    assert "you named another file for its post" in again.stderr
    (row,) = [r for r in rows_now(typed, planned, sheet) if r["number"] == bare["number"]]
    assert row["file"] == "IMG_2034.MOV"


def done_notes(typed: Typed, workspace: Path) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = typed.json("plan", "-w", workspace, "--json")["notes"]
    return notes


def rows_now(typed: Typed, workspace: Path, sheet: Path) -> list[dict[str, str]]:
    assert typed("sheet", "out", sheet, "-w", workspace, "--yes").returncode == 0
    return written(sheet)
