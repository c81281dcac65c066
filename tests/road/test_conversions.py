"""Videos that not every phone shows, on the road: they wait, are asked about once, and go out converted."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.media.flash_films import flash_film
from tests.road.conftest import Run


@pytest.fixture
def hevc(run: Run, few: Path, tmp_path: Path) -> Path:
    """A workspace one of whose videos is HEVC."""
    film = flash_film(
        tmp_path / "own.mp4",
        codec="libx265",
        film={"x265-params": "log-level=none", "preset": "ultrafast"},
    )
    number = next(n["number"] for n in _notes(few) if n["kind"] == "video")
    assert run("add", film, "--pair", f"{number}={film}", "-w", few).code in (0, 3)
    return few


def _notes(workspace: Path) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = json.loads((workspace / "plan.json").read_bytes())["notes"]
    return notes


def _codes(workspace: Path) -> set[str]:
    return {problem["code"] for note in _notes(workspace) for problem in note["problems"]}


def test_without_a_terminal_they_wait_with_the_command_that_converts_them(
    run: Run, hevc: Path
) -> None:
    planned = run("plan", "-w", hevc)
    assert "convert-undecided" in _codes(hevc)
    assert "1 post whose videos not every phone shows" in planned.said
    assert f"`crossover plan --set convert=always -w {hevc}`" in " ".join(planned.said.split())
    run("plan", "--set", "convert=always", "-w", hevc)
    assert "convert-undecided" not in _codes(hevc)
    (change,) = [
        change
        for note in _notes(hevc)
        for change in note["changes"]
        if change["why"].startswith("converted: ")
    ]
    assert change["before"].startswith("HEVC, 64×96, ")
    assert change["after"].startswith("H.264, 64×96, ")


@pytest.mark.parametrize(
    ("typed", "rule", "left"), [("\n", "always", set()), ("n\n", "never", {"video-coding"})]
)
def test_on_a_terminal_one_question_is_asked_and_the_answer_becomes_the_rule(
    run: Run, hevc: Path, monkeypatch: pytest.MonkeyPatch, typed: str, rule: str, left: set[str]
) -> None:
    monkeypatch.setattr("crossover.cli.steps.plan.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    asked = run("plan", "-w", hevc)
    assert "1 video is not of the kind that every phone shows: 1 HEVC. Converting it takes" in (
        " ".join(asked.said.split())
    )
    assert f"\nconvert: {rule}\n" in (hevc / "crossover.yaml").read_text("utf-8")
    assert _codes(hevc) & {"convert-undecided", "video-coding"} == left
    assert "Convert it?" not in run("plan", "-w", hevc).said, "it is not asked again"


def test_a_video_that_goes_nowhere_is_not_converted(run: Run, hevc: Path) -> None:
    ready = hevc / "ready"
    before = {path.name for path in ready.glob("*.mp4")} if ready.is_dir() else set()
    run("plan", "--set", "convert=always", "--set", "select.since=2035", "-w", hevc)
    assert {path.name for path in ready.glob("*.mp4")} == before
    run("plan", "--set", "select.since=", "-w", hevc)
    assert len({path.name for path in ready.glob("*.mp4")}) > len(before)


def test_programs_are_not_asked(run: Run, hevc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossover.cli.steps.plan.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    run("plan", "--json", "-w", hevc)
    assert "convert-undecided" in _codes(hevc)
