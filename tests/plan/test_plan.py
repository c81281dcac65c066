"""The compiled plan: complete, repeatable, and its digest covers what is sent and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossover.errors import PlanOutOfDate
from crossover.library.posts_file import Library, write_library
from crossover.media.fit.fitted import FittedVideo
from crossover.model.account import SiteName
from crossover.model.choices import Action, Edit, Rules
from crossover.model.notes import Note, Plan
from crossover.model.posts import Declaration, Kind, Unreadable, Visibility
from crossover.plan.compiler import compile_plan
from crossover.plan.document import check_current, read_plan, wire_digest, write_plan
from crossover.plan.plan_version_2 import old_digest
from crossover.plan.planner import make_plan
from crossover.plan.target import TargetChoice, choose_target
from crossover.workspace import Workspace
from tests.makers import LIMITS, NOON, edited, fitted, note, plan, post


@given(
    st.lists(st.sampled_from(["move", "only-me", "no words", "no file", "many"]), max_size=12),
    st.integers(0, 3),
    st.sampled_from(list(Action)),
)
def test_every_post_is_counted_once(kinds: list[str], bad: int, rule: Action) -> None:
    changes: dict[str, dict[str, Any]] = {
        "move": {},
        "only-me": {"visibility": Visibility.ONLY_ME},
        "no words": {"text": None},
        "no file": {"media": ()},
        "many": {"pictures": 40},
    }
    posts = [post(number, **changes[kind]) for number, kind in enumerate(kinds, 1)]
    records = tuple(Unreadable(n, "no date") for n in range(bad))
    made = plan(*posts, rules=Rules(only_me=rule), unreadable=records)
    assert made.found == made.move + made.skip + made.hold + made.unreadable == len(kinds) + bad
    assert {n.post for n in made.notes} == {p.id for p in posts}
    assert made.notes_total == sum(n.action is Action.MOVE for n in made.notes)


def test_it_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    made = plan(post(1), post(2, pictures=20), unreadable=(Unreadable(3, "no date"),))
    write_plan(made, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == made


def change(path: Path, edit: Callable[[Any], None]) -> None:
    document = json.loads(path.read_text("utf-8"))
    edit(document)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


BY_HAND: dict[str, Callable[[Any], None]] = {
    "handle": lambda plan: plan.update(handle="someone"),
    "found": lambda plan: plan.update(found=plan["found"] + 1),
    "move": lambda plan: plan.update(move=plan["move"] + 1),
    "inputs": lambda plan: plan.update(inputs="0" * 64),
    "digest": lambda plan: plan.update(digest="0" * 64),
    "checksum": lambda plan: plan.update(checksum="0" * 64),
    "unreadable posts": lambda plan: plan.update(unreadable_posts=[]),
    "a note on hold": lambda plan: plan["notes"][1].update(reason="Nothing."),
    "a note that moves": lambda plan: plan["notes"][0].update(title="Other"),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_whatever_is_changed_in_it_by_hand_is_noticed(tmp_path: Path, what: str) -> None:
    path = tmp_path / "plan.json"
    write_plan(plan(post(1), post(2, text=None), unreadable=(Unreadable(3, "no date"),)), path)
    change(path, BY_HAND[what])
    with pytest.raises(PlanOutOfDate, match="changed by hand"):
        read_plan(path)


def test_it_is_written_as_it_is_changed_here(tmp_path: Path) -> None:
    """So that what is noticed above is the change."""
    path = tmp_path / "plan.json"
    write_plan(plan(post(1, text="café ☕")), path)
    before = path.read_bytes()
    change(path, lambda document: None)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [1, 2])
def test_a_plan_of_an_older_version_is_read_as_it_was(tmp_path: Path, version: int) -> None:
    """In version 1 it had a sum of the notes that move, and no other."""
    path = tmp_path / "plan.json"
    shutil.copy(Path(__file__).with_name("plan_version_2.json"), path)
    if version == 1:
        change(path, lambda document: document.update(version=1))
        change(path, lambda document: document.pop("checksum"))
        change(path, lambda document: document["notes"][0].pop("title_candidates"))
    made = read_plan(path)
    assert [(one.number, one.title) for one in made.notes] == [("1", "Words of post 1"), ("2", "")]
    assert (made.found, made.move, made.hold, made.unreadable) == (3, 1, 1, 1)
    change(path, BY_HAND["a note that moves"])
    with pytest.raises(PlanOutOfDate, match="changed by hand"):
        read_plan(path)


def test_a_plan_of_an_older_version_is_current_until_something_changes() -> None:
    library, edits = Library(handle="mara", posts=(post(1),)), edited()
    inputs = [library.posts, library.unreadable, Rules(), edits.decisions, LIMITS]
    made = replace(plan(post(1)), inputs=old_digest(inputs))
    check_current(made, library, Rules(), edits, LIMITS)
    with pytest.raises(PlanOutOfDate):
        check_current(made, library, Rules(topics_max=2), edits, LIMITS)


def test_it_is_on_disk_before_its_page(tmp_path: Path) -> None:
    """A page whose plan did not come to be would show what is never sent."""
    workspace = Workspace(tmp_path)
    workspace.prepare()
    write_library(workspace.posts, Library(handle="mara", posts=(post(text=None, media=()),)))
    shown = []

    def show(made: Plan, library: Library) -> None:
        assert read_plan(workspace.plan) == made
        shown.append(made)

    target = choose_target(workspace, TargetChoice("rehearsal"))
    make_plan(workspace, target, show, fitted=lambda *_: None, mapped=lambda *_: None)
    assert len(shown) == 1


def test_without_a_plan_the_command_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanOutOfDate) as caught:
        read_plan(tmp_path / "plan.json")
    assert "crossover plan" in caught.value.next


ON_THE_WIRE: list[dict[str, Any]] = [
    {"title": "other"},
    {"body": "other"},
    {"topics": ("other",)},
    {"visibility": Visibility.FRIENDS},
    {"declaration": Declaration.AI},
    {"schedule": NOON},
    {"kind": Kind.PHOTOS},
    {"cover": None},
    {"media": ()},
    {"action": Action.HOLD},
    {"description": "other"},
    {"post": "2020-01-01T00:00:00Z"},
]


@pytest.mark.parametrize("change", ON_THE_WIRE, ids=lambda change: next(iter(change)))
def test_the_digest_covers_what_reaches_the_wire(change: dict[str, Any]) -> None:
    before = note()
    site = SiteName.REHEARSAL
    assert wire_digest([before], site) != wire_digest([replace(before, **change)], site)


def test_the_digest_covers_order_and_site() -> None:
    one, two = (n for item in (post(1), post(2)) for n in plan(item).notes)
    site = SiteName.REHEARSAL
    assert wire_digest([one, two], site) != wire_digest([two, one], site)
    assert wire_digest([one], site) != wire_digest([one], SiteName.REDNOTE)


def test_an_older_plan_is_told_from_a_current_one() -> None:
    library = Library(handle="mara", posts=(post(1),))
    made = plan(post(1))
    check_current(made, library, Rules(), edited(), LIMITS)
    for posts, rules, edits in (
        ((post(1), post(2)), Rules(), edited()),
        ((post(1, text="new words"),), Rules(), edited()),
        ((post(1),), Rules(topics_max=2), edited()),
        ((post(1),), Rules(), edited(n1=Edit(body="new words"))),
    ):
        with pytest.raises(PlanOutOfDate):
            check_current(made, replace(library, posts=posts), rules, edits, LIMITS)


@pytest.mark.parametrize("content", [b"", b"{", b'{"format":"crossover/plan","version":1}'])
def test_a_damaged_plan_is_only_out_of_date(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan.json").write_bytes(content)
    with pytest.raises(PlanOutOfDate) as caught:
        read_plan(tmp_path / "plan.json")
    assert "crossover plan" in caught.value.next


def test_a_video_without_a_cover_waits_with_the_reason() -> None:
    library = Library(handle="mara", posts=(post(1),))
    done = fitted(library)
    ((key, film),) = done.items()
    assert isinstance(film, FittedVideo)
    bare = {key: replace(film, cover=None)}
    made = compile_plan(
        library, bare, Rules(), edited(), LIMITS, to="rehearsal", site=SiteName.REHEARSAL
    )
    assert [(n.action, n.reason) for n in made.notes] == [
        (Action.HOLD, "No cover can be taken from v.mp4.")
    ]


def test_the_same_content_as_picture_and_as_video_is_two_files() -> None:
    film, picture = post(1), post(2, pictures=1)
    same = replace(picture.media[0], sha256=film.media[0].sha256)
    made = plan(film, replace(picture, media=(same,)))
    assert [[m.kind for m in n.media] for n in made.notes] == [["video"], ["image"]]


def test_a_file_that_could_not_be_made_fit_holds_its_post() -> None:
    made: list[Note] = list(plan(post(1, media=())).notes)
    assert [n.action for n in made] == [Action.HOLD]
