"""Somebody else's sound, and what else of a post its note does not take along."""

from __future__ import annotations

from typing import Any

import pytest

from crossover.mapping.sounds import find_others_sound
from crossover.model.choices import Action, Edit, OthersSound, Rules
from crossover.model.notes import Level
from tests.makers import edited, notes_of, plan, post

SONG = "Slow Ember - Harbour Tapes"


@pytest.mark.parametrize(
    ("sound", "names", "others"),
    [
        ("original sound - Mara.Makes", {"mara.makes", "mara"}, False),
        ("son original - Mara", {"mara.makes", "mara"}, False),
        ("My song - part 2 - mara", {"mara"}, False),
        ("original sound - somebody", {"mara"}, True),
        (SONG, {"mara"}, True),
        ("nothing that parts it", {"mara"}, True),
        (None, {"mara"}, False),
        ("original sound - somebody", set(), False),
        (SONG, set(), True),
    ],
)
def test_a_sound_is_the_creators_own_by_the_name_behind_it(
    sound: str | None, names: set[str], others: bool
) -> None:
    found = find_others_sound(post(sound=sound), names)
    assert found == (sound if others else "")
    assert find_others_sound(post(pictures=2, sound=sound), names) == "", "pictures are silent"


@pytest.mark.parametrize(
    ("rule", "action", "level"),
    [
        (OthersSound.ASK, Action.MOVE, Level.WARNING),
        (OthersSound.MOVE, Action.MOVE, Level.NOTE),
        (OthersSound.HOLD, Action.HOLD, Level.ERROR),
        (OthersSound.SKIP, Action.SKIP, None),
    ],
)
def test_the_rule_decides_unless_the_creator_does(
    rule: OthersSound, action: Action, level: Level | None
) -> None:
    posts = post(1, sound=SONG), post(2, sound=SONG), post(3, sound="original sound - mara")
    edits = edited(n2=Edit(action=Action.MOVE))
    one, two, three = plan(*posts, rules=Rules(others_sound=rule), edits=edits).notes
    assert one.action is action
    assert [p.level for p in one.problems if p.code == "others-sound"] == [level] * bool(level)
    assert two.action is three.action is Action.MOVE
    assert "others-sound" in {problem.code for problem in two.problems}
    assert three.problems == ()


def test_place_and_alt_text_are_named_with_why_they_stay_behind() -> None:
    (made,) = notes_of(post(location="Nigeria", alt_text="A blue door"))
    assert {
        (c.field, c.before, c.after) for c in made.changes if c.field in ("location", "alt text")
    } == {
        ("location", "Nigeria", ""),
        ("alt text", "A blue door", ""),
    }


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"comments": False}, ["comments-open"]),
        ({"comments": True}, []),
        ({"comments": None}, []),
        ({"text": "#duet with @someone look at this bowl"}, ["joint-post"]),
        ({"text": "#stitch con @some.one look at this bowl"}, ["joint-post"]),
        ({"text": "I like to #stitch with wool"}, []),
        ({"text": "#duets with @someone were fun"}, ["joint-post"]),
        ({"text": "duet with @someone look at this bowl"}, ["joint-post"]),
        ({"text": "Quilting: #stitch with me"}, []),
    ],
)
def test_closed_comments_duets_and_stitches_are_worth_a_look(
    fields: dict[str, Any], codes: list[str]
) -> None:
    (made,) = notes_of(post(**fields))
    found = [p.code for p in made.problems if p.code in ("comments-open", "joint-post")]
    assert (found, made.action) == (codes, Action.MOVE)
