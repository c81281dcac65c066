"""`crossover plan` as it is typed: the notes that were asked for, and choices that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.road.conftest import FEW, Run


def test_notes_are_asked_for_by_number_year_kind_and_text(run: Run, few: Path) -> None:
    every = json.loads(run("plan", "-w", few, "--json").out)["notes"]
    photos = sum(note["kind"] == "photos" for note in every)
    for arguments, shown in (
        (("2-3", "1"), 3),
        (("--year", 2024), FEW),
        (("--year", 1999), 0),
        (("--kind", "photos"), photos),
        (("--text", every[0]["title"].upper()), 1),
        (("--needs-you",), 0),
    ):
        ended = run("plan", "-w", few, *arguments)
        assert ended.code == 0
        are = "is" if shown == 1 else "are"
        assert f"{shown} of {FEW} notes {are} what you asked for." in ended.said
        assert f"{FEW} posts found = {FEW} move" in ended.said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("99",), "There is no note 99. `crossover plan --all -w"),
        (("2.9",), "There is no note 2.9."),
        (("3-x",), "3-x is no number of a note, such as 17, 17.2 or 10-20."),
        (("--kind", "song"), "'song' is not one of 'video', 'photos'"),
        (("--json", "2"), "--json gives the whole plan."),
    ],
)
def test_a_choice_that_is_none_is_told(
    run: Run, few: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = run("plan", "-w", few, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in " ".join(ended.said.split())
