"""`plan --show-rules` and `plan --set`: the rules as they hold, and one of them changed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.road.conftest import Run


def test_rules_are_shown_with_where_each_is_from_and_nothing_is_planned(
    run: Run, few: Path
) -> None:
    rules = few / "crossover.yaml"
    rules.write_text("topics: {max: 4}\nonly_me: hold\n", "utf-8")
    planned = (few / "plan.json").read_bytes()
    ended = run("plan", "--show-rules", "-w", few)
    lines = {line.split(":")[0]: line.partition("  #")[2] for line in ended.out.splitlines()}
    assert lines["topics.max"] == " crossover.yaml, line 1"
    assert lines["only_me"] == " crossover.yaml, line 2, the default"
    assert lines["topics.use"] == " the default"
    assert (few / "plan.json").read_bytes() == planned
    assert run("plan", "--show-rules", "--json", "-w", few).code == 2


def test_a_rule_set_on_the_way_counts_in_that_plan_and_stays(run: Run, few: Path) -> None:
    rules = few / "crossover.yaml"
    before = rules.read_text("utf-8")
    ended = run("plan", "--set", "topics.max=1", "--json", "-w", few)
    assert ended.code == 0
    assert max(len(note["topics"]) for note in json.loads(ended.out)["notes"]) == 1
    assert rules.read_text("utf-8") == before.replace("max: 10", "max: 1")
    line = before[: before.index("max: 10")].count("\n") + 1
    assert f"topics.max: 1: set in crossover.yaml, line {line}." in ended.said
    assert run("plan", "-w", few).code == 0, "what was set is there in the next run"
    assert "topics.max: 1 " in run("plan", "--set", "only_me=skip", "--show-rules", "-w", few).out


@pytest.mark.parametrize("typed", ["topics.max=11", "tpoics.max=1", "only_me"])
def test_what_cannot_be_set_leaves_file_and_plan_alone(run: Run, few: Path, typed: str) -> None:
    rules, plan = few / "crossover.yaml", few / "plan.json"
    before = rules.read_bytes(), plan.read_bytes()
    ended = run("plan", "--set", "only_me=skip", "--set", typed, "-w", few)
    assert (ended.code, ended.out) == (2, "")
    assert (rules.read_bytes(), plan.read_bytes()) == before


def test_where_every_post_is_left_out_nothing_is_called_done(run: Run, few: Path) -> None:
    ended = run("plan", "--set", "select.since=2030", "-w", few)
    for said in (ended.said, run("upload", "-w", few).said, run("-w", few).said):
        assert "Nothing goes out: every post is left out." in said
        assert f"`crossover plan --show-rules -w {few}`" in " ".join(said.split())
        assert "Done" not in said


def test_of_somebody_elses_sound_is_asked_once_and_the_answer_becomes_a_rule(
    run: Run, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("plan", "-w", few)
    assert "It uses somebody else's sound" in told.said
    assert "What becomes of it" not in told.said, "nobody can be asked"
    monkeypatch.setattr("crossover.cli.steps.plan.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("louder\nskip\n"))
    asked = run("plan", "-w", few)
    assert "uses somebody else's sound, a song for example" in asked.said
    assert "others_sound: skip: set in crossover.yaml, line " in asked.said
    assert "`others_sound: skip` in crossover.yaml" in asked.said, "the plan is that of the answer"
    assert "\nothers_sound: skip\n" in (few / "crossover.yaml").read_text("utf-8")
    assert "What becomes of it" not in run("plan", "-w", few).said, "it is not asked again"
    assert run("upload", "-w", few).code == 0


def test_programs_are_not_asked(run: Run, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossover.cli.steps.plan.is_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("plan", "-w", few, "--json").code == 0
