"""`plan --calendar`, `--ics` and `--best`: shown, written, set as a rule, and kept by the upload."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path

import pytest

from tests.road.conftest import FEW, Run


def test_the_calendar_is_of_all_notes_that_move(run: Run, few: Path) -> None:
    ended = run("plan", "--calendar", "-w", few)
    notes = json.loads((few / "plan.json").read_bytes())["notes_total"]
    assert (ended.code, ended.out) == (0, "")
    assert f"{notes} notes in " in ended.said
    assert "Practice takes all of them at once." in ended.said


def test_no_plan_depends_on_the_calendar(run: Run, few: Path) -> None:
    planned = (few / "plan.json").read_bytes()
    rules = ("--set", "calendar.days=sun", "--set", "pace.later=9")
    assert run("plan", *rules, "--show-rules", "-w", few).code == 0
    assert run("upload", "-w", few, "--batch", 1).code == 0, "the plan is as good as before"
    assert "You sit down on Sun at 19:00" in run("plan", "--calendar", "-w", few).said
    assert (few / "plan.json").read_bytes() == planned


def test_the_file_for_a_calendar_app_writes_over_nothing_else(run: Run, few: Path) -> None:
    file = few.parent / "rednote.ics"
    for _ in range(2):
        ended = run("plan", "--ics", file, "-w", few)
        assert (ended.code, "Written: " in ended.said) == (0, True)
    events = file.read_bytes().count(b"BEGIN:VEVENT")
    assert f"{events} events" in ended.said
    file.write_text("a letter")
    assert run("plan", "--ics", file, "-w", few).code == 2
    assert file.read_text() == "a letter"
    assert run("plan", "--ics", few / "none" / "rednote.ics", "-w", few).code == 2


def test_the_file_is_written_before_the_screen_which_a_pipe_may_end(
    run: Run, few: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object, **__: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "gone")

    monkeypatch.setattr("crossover.cli.commands.plan.show_calendar", ended)
    file = few.parent / "rednote.ics"
    run("plan", "--ics", file, "-w", few)
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_first_post_that_is_not_there_is_not_written(run: Run, few: Path) -> None:
    before = (few / "crossover.yaml").read_bytes()
    ended = run("plan", "--set", "only_me=skip", "--set", "stages.first=3, 99", "-w", few)
    assert ended.code == 2
    assert "`crossover plan --set stages.first=3 -w" in ended.said
    assert (few / "crossover.yaml").read_bytes() == before


def test_the_best_are_offered_in_the_order_in_which_all_go_out(run: Run, few: Path) -> None:
    rules = [
        re.search(
            r"stages\.first=([\d, -]+)", " ".join(run("plan", *given, "-w", few).said.split())
        )
        for given in (("--best", 9), ("--best", 9, "--set", "order=newest-first"))
    ]
    assert rules[0] is not None
    assert rules[1] is not None
    assert rules[0][1].startswith("1")
    assert rules[1][1].endswith("1")


def test_the_best_are_offered_set_and_sent_first(run: Run, few: Path) -> None:
    offered = run("plan", "--best", 2, "-w", few)
    assert "Your best 2, in the order in which they go out:" in offered.said
    rule = re.search(r"--set '?(stages\.first=[\d, -]+?)'? -w", " ".join(offered.said.split()))
    assert rule is not None
    assert run("plan", "--set", rule[1], "-w", few).code == 0
    order = [note["post"] for note in json.loads((few / "plan.json").read_bytes())["notes"]]
    status = json.loads(run("status", "-w", few, "--json").out)
    waits = [note["post"] for note in status["notes"] if note["reason"]]
    assert set(waits) == set(order[2:]), "the others say what they wait for"
    assert status["ready"] == FEW
    assert "After the 2 posts that go first" in run("status", "-w", few).said
    assert run("upload", "-w", few, "--batch", 2).code == 0
    assert "that go first" not in run("status", "-w", few).said, "they are there"
    sent = json.loads(run("status", "-w", few, "--json").out)["notes"]
    assert {note["post"] for note in sent if note["state"] == "posted"} == set(order[:2])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--calendar", "3"), "--calendar, --ics and --best are about all notes"),
        (("--best", "3", "--json"), "have no JSON"),
        (("--best", "0"), "Invalid value for '--best'"),
        (("--set", "stages.first=99"), "names post 99, and there is none"),
        (("--set", "calendar.zone=Europe/Lisbom"), "the nearest is `Europe/Lisbon`"),
    ],
)
def test_what_makes_no_sense_is_told(
    run: Run, few: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = run("plan", *arguments, "-w", few)
    assert (ended.code, ended.out) == (2, "")
    assert said in " ".join(ended.said.split())


def test_posts_without_likes_have_no_best_ones(run: Run, few: Path) -> None:
    posts = json.loads((few / "posts.json").read_text("utf-8"))
    for post in posts["posts"]:
        del post["likes"]
    (few / "posts.json").write_text(json.dumps(posts), "utf-8")
    ended = run("plan", "--best", 3, "-w", few)
    assert ended.code == 2
    assert "Add your export again: `crossover add EXPORT -w" in ended.said
