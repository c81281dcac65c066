"""All accounted for: every screen and every document gives the same sums, and they add up."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossover.accounts.folder import AccountFolder
from crossover.accounts.ledger.ledger import Ledger
from crossover.accounts.ledger.open import open_ledger
from crossover.cli.view.status import words_for
from crossover.library.posts_file import read_library, write_library
from crossover.model.account import SiteName
from crossover.model.notes import Note, State
from crossover.model.posts import Unreadable
from crossover.plan.document import read_plan
from crossover.workspace import Workspace
from tests.makers import ACCOUNT
from tests.preview.pages import read_data
from tests.road.conftest import DEMO, Run
from tests.road.test_next_step import posted, refused, started, unclear

STATES = [state for state in State if state is not State.UNREADABLE]
PLANNED = re.compile(
    r"([\d,]+) posts? found = ([\d,]+) move(?: \(as ([\d,]+) notes?\))? \+ ([\d,]+) on hold"
    r" \+ ([\d,]+) left out \+ ([\d,]+) unreadable"
)
"""The sum of a plan on a screen."""


def number(text: str) -> int:
    return int(text.replace(",", ""))


def planned_on(screen: str) -> dict[str, int]:
    """The one sum of a plan that a screen shows, as the plan's JSON names it."""
    ((found, move, notes, hold, skip, unreadable),) = PLANNED.findall(screen)
    values = {"found": found, "move": move, "hold": hold, "skip": skip, "unreadable": unreadable}
    sums = {name: number(value) for name, value in values.items()}
    return sums | {"notes_total": number(notes) if notes else sums["move"]}


def states_on(screen: str) -> dict[str, int]:
    """The sum by states that a screen shows, as the status's JSON names it."""
    rows = re.findall(r"^ *([\d,]+)  (\S.*?) *$", screen, re.MULTILINE)
    names = {
        word: str(state) for state, word in words_for(SiteName.REHEARSAL).items()
    } | dict.fromkeys(("post found", "posts found"), "found")
    return {names[word]: number(value) for value, word in rows if word in names}


def waiting_on(screen: str) -> int:
    found = re.search(r"^([\d,]+) posts? waits? for you", screen, re.MULTILINE)
    return number(found[1]) if found else 0


def compare(run: Run, place: Workspace) -> tuple[dict[str, int], Mapping[str, Any]]:
    """Walk all screens and documents; the sums of the plan and of the status."""
    asked = ("-w", place.root)
    made = json.loads(run("plan", *asked, "--json").out)
    plan = {name: made[name] for name in ("found", "move", "hold", "skip", "unreadable")}
    assert plan["found"] == sum(plan.values()) - plan["found"]
    assert made["notes_total"] == sum(note["action"] == "move" for note in made["notes"])
    assert len(made["unreadable_posts"]) == plan["unreadable"]
    posts = {note["post"] for note in made["notes"]}
    assert len(posts) + plan["unreadable"] == plan["found"]
    plan["notes_total"] = made["notes_total"]
    assert planned_on(run("plan", *asked).said) == plan

    where = json.loads(run("status", *asked, "--json").out)
    by_state = {str(state): where[state] for state in State if where[state]}
    assert where["found"] == sum(by_state.values()) == plan["found"]
    assert where["unreadable"] == plan["unreadable"]
    bare = run(*asked).said
    for screen in (run("status", *asked).said, bare):
        assert states_on(screen) == by_state | {"found": where["found"]}
    assert waiting_on(bare) == where["hold"]

    assert run("preview", *asked, "--read-only").code == 0
    page = read_data(place.preview)
    assert len(page["notes"]) == len(made["notes"])
    states = page["sums"].pop("states")
    assert page["sums"] == plan
    assert {state: value for state, value in states.items() if value} == by_state
    assert len(page["unreadable"]) == plan["unreadable"]
    return plan, where


def spoil(place: Workspace) -> None:
    """One record that cannot be read, posts that wait and posts that are left out."""
    library = read_library(place.posts)
    write_library(place.posts, replace(library, unreadable=(Unreadable(9, "no date"),)))


def skip_and_hold(place: Workspace) -> None:
    place.edits.write_text("notes:\n  2: {action: skip}\n  3: {action: hold}\n  4: {title: Mine}\n")


def send(*what: Callable[[Ledger, Note], Any]) -> Callable[[Workspace], None]:
    """Notes that were sent, the first of the plan, each with what came of it."""

    def change(place: Workspace) -> None:
        notes = [note for note in read_plan(place.plan).notes if note.action == "move"]
        account = AccountFolder(place.practice)
        account.path.mkdir(exist_ok=True)
        with open_ledger(account.ledger, ACCOUNT, "mara.makes") as ledger:
            for note, happened in zip(notes, what, strict=False):
                happened(ledger, note)

    return change


CASES: dict[str, tuple[Callable[[Workspace], None], ...]] = {
    "nothing sent": (),
    "unreadable, left out, on hold": (spoil, skip_and_hold),
    "sent": (send(posted, refused, unclear, started),),
    "sent and decided about since": (send(posted, refused, unclear), spoil, skip_and_hold),
}


@pytest.mark.parametrize("case", CASES)
def test_the_sums_are_the_same_on_every_screen_and_add_up(run: Run, few: Path, case: str) -> None:
    place = Workspace(few)
    for change in CASES[case]:
        change(place)
    compare(run, place)


@pytest.fixture
def ruled(planned: Path) -> Workspace:
    """Posts of several notes, and rules and edits that leave some out."""
    place = Workspace(planned)
    place.rules.write_text("only_me: skip\n")
    place.edits.write_text("notes:\n  5: {action: skip}\n  7.2: {action: hold}\n")
    return place


def test_posts_of_several_notes_and_rules_that_leave_out_add_up_too(
    run: Run, ruled: Workspace
) -> None:
    plan, _ = compare(run, ruled)
    assert (plan["skip"], plan["hold"]) == (2, 3)
    assert plan["notes_total"] != plan["move"]


@pytest.mark.complete
def test_a_guided_move_adds_up_too(run: Run, ruled: Workspace) -> None:
    plan, _ = compare(run, ruled)
    ended = run("migrate", DEMO, "--yes", "--batch", 2, "-w", ruled.root)
    assert planned_on(ended.said) == plan
    _, where = compare(run, ruled)
    assert where["posted"] > 0
    assert states_on(ended.said) == {
        **{str(state): where[state] for state in State if where[state]},
        "found": where["found"],
    }
