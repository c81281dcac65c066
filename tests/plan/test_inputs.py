"""What changed since a plan was made is named, as far as planned.json tells."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crossover.cli.view.plan_changes import changes_text
from crossover.library.posts_file import Library
from crossover.model.choices import Action, Edit, Rules
from crossover.model.plan_changes import ChangedRule, PlanChanges
from crossover.model.posts import Post, Unreadable
from crossover.plan.inputs import (
    PlanInputs,
    compare_inputs,
    describe_inputs,
    read_inputs,
    write_inputs,
)
from crossover.settings.edits import Edits
from crossover.settings.rule_table import RULES
from tests.makers import LIMITS, NOON, edited, post

POSTS = (post(1), post(2), post(3))
PLAIN = Post("x", datetime(2025, 1, 1, tzinfo=UTC), None)


def inputs(
    *, library: Library | None = None, rules: Rules | None = None, edits: Edits | None = None
) -> PlanInputs:
    return describe_inputs(
        library or Library(posts=POSTS), rules or Rules(), edits or edited(), LIMITS, plan="sum"
    )


def test_nothing_changed_where_all_is_the_same() -> None:
    assert compare_inputs(inputs(), inputs()) == PlanChanges()
    assert changes_text(PlanChanges()) == changes_text(None) == ""


def test_each_thing_that_changed_is_named() -> None:
    one, two, _ = POSTS
    later = Library(
        posts=(replace(one, text="other"), replace(two, media=()), post(4)),
        unreadable=(Unreadable(1, "it has no date"),),
        tiktok_gone=NOON,
    )
    now = inputs(
        library=later,
        rules=Rules(only_me=Action.MOVE, topics_max=3, topics_own={"a": ("b",)}),
        edits=edited(n2=Edit(body="x"), n10=Edit(body="y"), n9_2=Edit(title="z")),
    )
    changes = compare_inputs(inputs(edits=edited(n1=Edit(title="t"), n10=Edit(body="y"))), now)
    assert changes == PlanChanges(
        rules=(ChangedRule("only_me", "hold", "move"), ChangedRule("topics.max", "10", "3")),
        new=(4,),
        gone=(3,),
        words=(1,),
        files=(2,),
        edits=("1", "2", "9.2"),
        own_topics=True,
        unreadable=True,
        tiktok_gone=True,
    )
    assert changes_text(replace(changes, on_disk=("5", "6"), limits=True)) == (
        "Since the plan was made, this changed: rule only_me (hold before, move now); rule topics.max"
        " (10 before, 3 now); your own words for hashtags (topics.yaml); new posts (4); posts no"
        " longer there (3); the words of posts, or what your export says of them (1); the files of"
        " posts (2); your edits of notes (1-2, 9.2); files on the disk, of notes (5-6); which records"
        " of your export cannot be read; whether your TikTok account is still there; the limits of"
        " RedNote, which came with an update of crossover."
    )


def test_every_rule_of_a_plan_is_among_what_is_compared() -> None:
    filled = {rule.field.partition(".")[0] for rule in RULES if rule.of is Rules}
    assert filled == {field.name for field in fields(Rules)} - {"topics_own"}
    assert inputs().rules.keys() == {rule.key for rule in RULES if rule.of is Rules}


def test_what_a_plan_was_made_of_is_read_back_for_that_plan_alone(tmp_path: Path) -> None:
    path = tmp_path / "planned.json"
    assert read_inputs(path, "sum") is None
    write_inputs(inputs(), path)
    assert read_inputs(path, "sum") == inputs()
    assert read_inputs(path, "other") is None


@pytest.mark.parametrize("content", ["", "{", '{"format": "crossover/planned", "version": 9}'])
def test_a_damaged_record_only_means_that_nothing_is_known(tmp_path: Path, content: str) -> None:
    path = tmp_path / "planned.json"
    path.write_text(content)
    assert read_inputs(path, "sum") is None


@pytest.mark.parametrize(
    "damaged",
    [
        replace(inputs(), posts={"x": ("a", "b")}),
        replace(inputs(), edits={"9" * 5000: "a"}),
    ],
)
def test_a_file_that_names_no_numbers_is_as_good_as_none(
    tmp_path: Path, damaged: PlanInputs
) -> None:
    write_inputs(damaged, tmp_path / "planned.json")
    assert read_inputs(tmp_path / "planned.json", "sum") is None


def test_long_values_of_a_rule_are_cut() -> None:
    def said(before: str, now: str) -> str:
        return changes_text(PlanChanges(rules=(ChangedRule("watch", before, now),)))

    many = f"[{', '.join(['word'] * 99)}"
    assert said("[]", f"{many}]").endswith(", word… now).")
    assert len(said("[]", f"{many}]")) < 150
    assert said(f"{many}]", f"{many}, last]").endswith("changed: rule watch.")


def test_a_field_that_is_new_in_crossover_is_no_change_of_a_post() -> None:
    sums = inputs(library=Library(posts=(PLAIN,))).posts[str(PLAIN.number)]
    assert sums == ("db6814b847", "5ae1625b48"), "as before posts told of their sound"
    heard = replace(PLAIN, sounded=True)
    assert inputs(library=Library(posts=(heard,))).posts[str(PLAIN.number)] != sums
